using System.Runtime.InteropServices;

namespace ShopFlow.Search.Index;

/// <summary>A stem and where it is found, in the order of the documents. Documents that are gone are skipped by whoever reads.</summary>
internal sealed class Term
{
    private readonly List<Posting> _postings = new(1);

    public ReadOnlySpan<Posting> Postings => CollectionsMarshal.AsSpan(_postings);

    public int Count => _postings.Count;

    public void Add(Posting posting) => _postings.Add(posting);

    /// <summary>BM25's weight of a term that is in <see cref="Count"/> of so many documents.</summary>
    public float Rarity(int documents) => MathF.Log(1 + ((Math.Max(documents - Count, 0) + 0.5f) / (Count + 0.5f)));
}
