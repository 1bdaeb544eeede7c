namespace ShopFlow.Cli.Chaos;

/// <summary>How many orders at least, how many a second, and which faults meanwhile. The seed chooses their order, the cards and the goods.</summary>
internal sealed record ChaosPlan(int Orders, double Rate, int Seed, bool Short)
{
    /// <summary>Undisturbed time after each fault.</summary>
    public TimeSpan Rest => TimeSpan.FromSeconds(Short ? 1 : 3);

    public TimeSpan Freeze => TimeSpan.FromSeconds(Short ? 3 : 8);

    public TimeSpan Cut => TimeSpan.FromSeconds(Short ? 3 : 10);

    /// <summary>Services see a flag within four seconds.</summary>
    public TimeSpan Flag => TimeSpan.FromSeconds(Short ? 8 : 12);
}
