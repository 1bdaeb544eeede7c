namespace ShopFlow.Cli.Chaos;

/// <summary>An order that a shopper wants to place, and what became of it. Its e-mail address tells it from all others in the database.</summary>
internal sealed class ChaosOrder(string email, DateTimeOffset due)
{
    public string Email { get; } = email;

    /// <summary>The same for every try.</summary>
    public string IdempotencyKey { get; } = email;

    public DateTimeOffset Due { get; } = due;

    /// <summary>When the shop said 201.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public Guid? Id { get; private set; }

    public int Retries { get; set; }

    /// <summary>Why the shopper gave up.</summary>
    public string? Refusal { get; set; }

    public void Acknowledge(Guid id, DateTimeOffset at) => (Id, AcknowledgedAt) = (id, at);
}
