namespace Aspire.StackExchange.Redis;

internal sealed record RedisConnectionString(string? Value);
