using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Preferences;

/// <summary>Whether a user wants to be told of something in the list of the shop, and by e-mail.</summary>
internal sealed record Preference(NotificationType Type, bool InApp, bool Email);

internal sealed record PreferenceList(IReadOnlyList<Preference> Preferences);
