using System.Runtime.InteropServices;

namespace ShopFlow.Recommendations.Counting;

/// <summary>What some baskets, orders or visits, add to the counts: of each product, and of each pair, in both directions.</summary>
internal sealed class BasketCounts
{
    private readonly Dictionary<Guid, int> _products = [];
    private readonly Dictionary<(Guid ProductId, Guid OtherId), int> _pairs = [];

    public IReadOnlyDictionary<Guid, int> Products => _products;

    public IReadOnlyDictionary<(Guid ProductId, Guid OtherId), int> Pairs => _pairs;

    public static BasketCounts Of(IEnumerable<IReadOnlyCollection<Guid>> baskets)
    {
        var counts = new BasketCounts();
        foreach (var basket in baskets)
            counts.Add([], basket);
        return counts;
    }

    /// <param name="counted">What was in the basket and is counted already.</param>
    /// <param name="added">What comes to it; each product once, and none that is in it.</param>
    public void Add(IReadOnlyCollection<Guid> counted, IReadOnlyCollection<Guid> added)
    {
        var basket = counted.ToList();
        foreach (var product in added)
        {
            Increment(_products, product);
            foreach (var other in basket)
            {
                Increment(_pairs, (product, other));
                Increment(_pairs, (other, product));
            }

            basket.Add(product);
        }
    }

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
