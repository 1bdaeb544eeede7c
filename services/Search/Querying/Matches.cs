using System.Buffers;
using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>
/// Scores documents by BM25F: for each slot of the query a document gets what its best alternative is worth there. Rented for one query.
/// </summary>
internal sealed class Matches(SearchIndex index) : IDisposable
{
    /// <summary>How soon more of the same word stops to count; BM25's k1, on the scale of the fields' worths.</summary>
    private const float Saturation = 6;

    private readonly Match[] _matches = RentCleared(index.Documents.Count);
    private readonly List<int> _found = [];

    /// <summary>Documents that have any of the slots, in no order.</summary>
    public IReadOnlyList<int> Found => _found;

    public Match this[int document] => _matches[document];

    /// <summary>The most slots that any document has; one that is gone doesn't count.</summary>
    public int MostSlots()
    {
        var most = 0;
        foreach (var number in _found)
        {
            if (_matches[number].Slots > most && index.Documents[number] is not null)
                most = _matches[number].Slots;
        }

        return most;
    }

    /// <param name="slot">What to look for.</param>
    /// <param name="number">Counted from 1, each slot once.</param>
    public void Add(Slot slot, int number)
    {
        foreach (var alternative in slot.Alternatives)
        {
            if (alternative.Terms is [var term])
                AddTerm(slot, number, alternative, term);
            else
                AddPhrase(slot, number, alternative);
        }
    }

    public void Dispose() => ArrayPool<Match>.Shared.Return(_matches);

    private void AddTerm(Slot slot, int number, Alternative alternative, Term term)
    {
        var rarity = alternative.Weight * term.Rarity(index.Count);
        foreach (var posting in term.Postings)
            Count(slot, number, alternative, posting.Document, rarity * Frequency(posting), posting.IsInName);
    }

    /// <summary>Documents that have all the terms: walks the rarest, and looks its documents up in the others.</summary>
    private void AddPhrase(Slot slot, int number, Alternative alternative)
    {
        var terms = alternative.Terms.OrderBy(term => term.Count).ToArray();
        var places = new int[terms.Length];
        foreach (var first in terms[0].Postings)
        {
            var score = terms[0].Rarity(index.Count) * Frequency(first);
            var isInName = first.IsInName;
            var hasAll = true;
            for (var i = 1; i < terms.Length && hasAll; i++)
            {
                var postings = terms[i].Postings;
                while (places[i] < postings.Length && postings[places[i]].Document < first.Document)
                    places[i]++;

                hasAll = places[i] < postings.Length && postings[places[i]].Document == first.Document;
                if (hasAll)
                {
                    score += terms[i].Rarity(index.Count) * Frequency(postings[places[i]]);
                    isInName &= postings[places[i]].IsInName;
                }
            }

            if (hasAll)
                Count(slot, number, alternative, first.Document, alternative.Weight * score, isInName);
        }
    }

    private void Count(Slot slot, int number, Alternative alternative, int document, float score, bool isInName)
    {
        ref var match = ref _matches[document];
        if (match.LastSlot == number)
            return;

        if (match.Slots == 0)
            _found.Add(document);

        match.LastSlot = (byte)number;
        match.Slots++;
        match.Score += score;
        if (isInName)
            match.NameWords += (byte)slot.Words;
        if (isInName && alternative.IsLiteral)
            match.LiteralNameWords += (byte)slot.Words;
    }

    private static float Frequency(Posting posting)
    {
        var weight = (float)posting.Weight;
        return weight * (Saturation + 1) / (weight + Saturation);
    }

    private static Match[] RentCleared(int length)
    {
        var matches = ArrayPool<Match>.Shared.Rent(length);
        Array.Clear(matches, 0, length);
        return matches;
    }

    /// <summary>What is known of a document so far.</summary>
    internal struct Match
    {
        public float Score;
        public byte Slots;
        public byte LastSlot;

        /// <summary>Words of the query that its name has.</summary>
        public byte NameWords;

        /// <summary>Those of them that stand there as the shopper wrote them.</summary>
        public byte LiteralNameWords;
    }
}
