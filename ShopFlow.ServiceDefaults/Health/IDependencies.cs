namespace ShopFlow.ServiceDefaults.Health;

/// <summary>What the service needs, as its health checks see it.</summary>
public interface IDependencies
{
    /// <summary>Whether any of it is away. The answer is at most a second old.</summary>
    /// <param name="besides">The health check that is not asked.</param>
    Task<bool> AreAwayAsync(string besides);
}
