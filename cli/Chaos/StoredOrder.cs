namespace ShopFlow.Cli.Chaos;

/// <summary>An order as the database has it.</summary>
internal sealed record StoredOrder(Guid Id, string Email, string State);
