namespace ShopFlow.Notifications.Data;

/// <summary>Ways of telling that a user can switch off for each type of notification. Webhooks name the types they want themselves.</summary>
internal enum Channel
{
    InApp,
    Email,
}
