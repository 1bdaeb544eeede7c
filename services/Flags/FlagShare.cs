using System.Globalization;

namespace ShopFlow.Flags;

/// <summary>For how many of a hundred requests a flag is on, as people write it: on, off, or 20%.</summary>
public static class FlagShare
{
    /// <returns>0 for off, 100 for on; null where the text says neither that nor a whole share from 0% to 100%.</returns>
    public static int? Parse(string text) => text switch
    {
        "on" => 100,
        "off" => 0,
        [.. var share, '%'] when int.TryParse(share, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100 => percent,
        _ => null,
    };

    public static string Show(int percent) => percent switch { 0 => "off", 100 => "on", _ => $"{percent}%" };
}
