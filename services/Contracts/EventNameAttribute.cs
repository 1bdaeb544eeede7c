using System.Collections.Concurrent;
using System.Reflection;

namespace ShopFlow.Contracts;

/// <summary>The name of an event on the wire, <c>family.what-happened</c>: its routing key and its message type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    private static readonly ConcurrentDictionary<Type, string> Names = [];

    public string Name { get; } = name;

    /// <exception cref="InvalidOperationException">The type has no name.</exception>
    public static string Of(Type eventType) => Names.GetOrAdd(eventType, static type =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type.Name} needs an [EventName]."));

    /// <summary>The part before the first dot: the service that publishes the event.</summary>
    public static string FamilyOf(string name) => name[..name.IndexOf('.')];
}
