namespace ShopFlow.ServiceDefaults;

/// <summary>How an action ended.</summary>
/// <param name="Status">HTTP status of the answer; null when the caller didn't wait for it.</param>
/// <param name="Detail">What the operation says of itself: see <see cref="AdminAuditExtensions.NoteForAudit"/>.</param>
public sealed record AdminActionOutcome(int? Status, string? Detail)
{
    /// <summary>False for what was refused.</summary>
    public bool MayHaveChangedSomething => Status is not (>= 400 and < 500);
}
