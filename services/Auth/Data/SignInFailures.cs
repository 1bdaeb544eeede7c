namespace ShopFlow.Auth.Data;

/// <summary>
/// Wrong passwords in a row for a name. Names without an account are counted too, so that being locked out
/// does not tell that an account exists.
/// </summary>
internal sealed class SignInFailures
{
    public required string NormalizedUsername { get; init; }

    public required int Count { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }
}
