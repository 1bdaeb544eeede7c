namespace ShopFlow.Contracts;

/// <summary>Someone opened an account.</summary>
[EventName("auth.user-registered")]
public sealed record UserRegistered(Guid UserId, string Username, string Email) : IntegrationEvent;
