using System.Text.Json;

namespace ShopFlow.Messaging;

/// <summary>An event that its handler could not handle, or a message that is no event.</summary>
/// <param name="Id">Of the event; of a message without one, a digest of its body. Copies share it.</param>
/// <param name="Queue">The queue that it came from and that a replay puts it back into.</param>
/// <param name="Event">Its name.</param>
/// <param name="Reason">Why the last attempt failed.</param>
/// <param name="Attempts">Handlers that failed.</param>
/// <param name="FailedAt">When the last one did.</param>
/// <param name="Body">The event as JSON; null for what is no JSON.</param>
internal sealed record DeadLetter(string Id, string Queue, string? Event, string? Reason, int Attempts, DateTimeOffset? FailedAt, JsonElement? Body);
