namespace ShopFlow.Catalog.Caching;

/// <summary>The newest generation that this process has heard of.</summary>
internal sealed class CatalogGeneration(TimeProvider time)
{
    /// <summary>How long what was heard is believed without being confirmed. It bounds how stale an answer is when the database can't be asked.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private State _state = new(default, null);

    public Generation Current => _state.Generation;

    /// <summary>False while nobody knows whether <see cref="Current"/> is still the newest.</summary>
    public bool IsTrusted => _state.ConfirmedAt is { } confirmed && time.GetElapsedTime(confirmed) < Trust;

    /// <summary>Raised with the newest generation, once for each that is heard of.</summary>
    public event Action<Generation>? Changed;

    /// <summary>A generation that was committed; one below the newest is old news.</summary>
    public void Heard(Generation generation) => Advance(generation, _state.ConfirmedAt);

    /// <summary>The newest generation as the database had it at <paramref name="askedAt"/>, a timestamp of the clock.</summary>
    public void Confirmed(Generation generation, long askedAt) => Advance(generation, askedAt);

    private void Advance(Generation generation, long? confirmedAt)
    {
        bool isNews;
        lock (_gate)
        {
            isNews = generation.Number > _state.Generation.Number;
            _state = new(isNews ? generation : _state.Generation, confirmedAt);
        }

        if (isNews)
            Changed?.Invoke(generation);
    }

    private sealed record State(Generation Generation, long? ConfirmedAt);
}
