using System.Reflection;

namespace ShopFlow.ServiceDefaults.OpenApi;

/// <summary>What an operation without a name is called: as its method, or as the class of a method that is called Handle.</summary>
internal static class OperationNames
{
    private const string Handler = "Handle";
    private const string Async = "Async";

    /// <summary>Null for what is no method of ours.</summary>
    public static string? Of(IEnumerable<object> metadata) => metadata.OfType<MethodInfo>().LastOrDefault() is { } method ? NameOf(method) : null;

    private static string NameOf(MethodInfo method)
    {
        var name = method.Name.EndsWith(Async, StringComparison.Ordinal) ? method.Name[..^Async.Length] : method.Name;
        return name == Handler ? method.DeclaringType!.Name : name;
    }
}
