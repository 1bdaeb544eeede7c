namespace ShopFlow.Messaging;

/// <summary>A handler failed while something that the service needs was away: no event is at fault.</summary>
internal sealed class DependenciesAwayException(Exception reason) : Exception("Something that the service needs is away.", reason);
