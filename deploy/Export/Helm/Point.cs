namespace ShopFlow.Export.Helm;

/// <summary>One choice of a <see cref="Switch"/>.</summary>
internal sealed record Tried(string Path, string Choice);

/// <summary>Which choices are tried; every other switch stands where <c>values.yaml</c> has it.</summary>
internal sealed record Point(Tried? First = null, Tried? Second = null)
{
    public static readonly Point Usual = new();

    public Point With(Tried tried) => First is null || First.Path == tried.Path ? this with { First = tried } : this with { Second = tried };

    public string? ChoiceOf(string path) => First?.Path == path ? First.Choice : Second?.Path == path ? Second.Choice : null;
}
