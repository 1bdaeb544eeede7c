namespace ShopFlow.Orders.Data;

internal static class Timestamps
{
    /// <summary>As precise as the database keeps it, so that the first answer and all later ones say the same.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
