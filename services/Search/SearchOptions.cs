using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Search;

/// <summary>Section <c>Search</c> of the configuration.</summary>
internal sealed record SearchOptions
{
    /// <summary>A file in the place of Text/synonyms.txt, which says how it is written.</summary>
    public string? SynonymsFile { get; init; }

    /// <summary>Pause between two looks for changes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
