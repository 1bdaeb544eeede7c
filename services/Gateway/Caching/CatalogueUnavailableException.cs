using Polly.Timeout;

namespace ShopFlow.Gateway.Caching;

/// <summary>The catalogue could not be asked, failed, or took too long.</summary>
internal sealed class CatalogueUnavailableException(Exception cause) : Exception(cause.Message, cause)
{
    public bool IsLate => InnerException is TimeoutRejectedException or OperationCanceledException;
}
