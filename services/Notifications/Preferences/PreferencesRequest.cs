using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Preferences;

/// <param name="Preferences">Those to change; the others stay as they are.</param>
internal sealed record PreferencesRequest(PreferencesRequest.Change?[]? Preferences)
{
    internal sealed record Change(string? Type, bool? InApp, bool? Email);

    /// <summary>What a checked request switches.</summary>
    public IEnumerable<(Channel Channel, string Type, bool IsOn)> Switches()
    {
        foreach (var change in Preferences!)
        {
            if (change!.InApp is { } inApp)
                yield return (Channel.InApp, change.Type!, inApp);
            if (change.Email is { } email)
                yield return (Channel.Email, change.Type!, email);
        }
    }

    public void Check(Validator validator)
    {
        if (!validator.Check(Preferences is [_, ..] && Preferences.Length <= PreferencesApi.Types.Count, "preferences", "is required and names each type once at most"))
            return;

        var seen = new HashSet<string>();
        for (var i = 0; i < Preferences!.Length; i++)
        {
            var change = Preferences[i];
            var isKnown = PreferencesApi.Types.Any(type => type.ToString() == change?.Type);
            validator.Check(isKnown && seen.Add(change!.Type!), $"preferences[{i}].type", $"must be another of {string.Join(", ", PreferencesApi.Types)}");
            validator.Check(
                change?.Type != nameof(NotificationType.PasswordReset) || change.Email is not false,
                $"preferences[{i}].email",
                "must stay on: without it a lost password is lost");
        }
    }
}
