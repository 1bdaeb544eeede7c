using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Redis writes a snapshot to disk after the interval, if that many keys have changed.</summary>
internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChangedThreshold) : IResourceAnnotation;
