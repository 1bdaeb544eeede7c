namespace ShopFlow.Recommendations.Data;

/// <summary>In how many baskets two products met: orders or visits. Each pair has two rows, one for either product.</summary>
internal sealed class Pair
{
    public Guid ProductId { get; init; }

    public Relation Relation { get; init; }

    public Guid OtherId { get; init; }

    public int Baskets { get; init; }
}
