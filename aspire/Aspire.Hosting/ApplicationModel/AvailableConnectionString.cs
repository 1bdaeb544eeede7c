using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The connection string of a resource from the moment at which its address is known.</summary>
internal sealed class AvailableConnectionString
{
    private volatile string? _value;

    /// <exception cref="InvalidOperationException">The resource has not been started yet.</exception>
    public string Value => _value ?? throw new InvalidOperationException("Connection string is unavailable");

    public static AvailableConnectionString Observe(IDistributedApplicationEventing eventing, IResourceWithConnectionString resource)
    {
        var available = new AvailableConnectionString();

        eventing.Subscribe<ConnectionStringAvailableEvent>(resource, async (_, cancellationToken) =>
            available._value = await resource.GetConnectionStringAsync(cancellationToken)
                ?? throw new DistributedApplicationException($"ConnectionStringAvailableEvent was published for the '{resource.Name}' resource but the connection string was null."));

        return available;
    }
}
