using ShopFlow.Flags;

namespace ShopFlow.Gateway.Flags;

/// <param name="Name">As it is in the file.</param>
/// <param name="Description">What it does while it is on.</param>
/// <param name="Percent">Of how many of a hundred requests it is on: 0 for off, 100 for on.</param>
internal sealed record FlagView(string Name, string Description, int Percent)
{
    public static FlagView Of(Flag flag, int percent) => new(flag.Name, flag.Description, percent);
}

internal sealed record FlagList(IReadOnlyList<FlagView> Flags);

/// <param name="Percent">0 for off, 100 for on, or a share between.</param>
internal sealed record FlagChange(int? Percent);
