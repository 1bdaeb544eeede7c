using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>Finds the lines that a request speaks of.</summary>
internal static class Pieces
{
    /// <param name="order">With its lines.</param>
    /// <param name="requested">What the client named; null for everything there is.</param>
    /// <param name="available">How many pieces of a line are there.</param>
    /// <param name="verb">What is to be done with them: "packed".</param>
    public static Outcome<List<(OrderedItem Line, int Quantity)>> Of(
        Order order, IReadOnlyList<PieceRequest?>? requested, Func<OrderedItem, int> available, string verb)
    {
        var validator = new Validator();
        var pieces = requested is null
            ? order.Lines.ConvertAll(line => (Line: line, Quantity: available(line))).FindAll(piece => piece.Quantity > 0)
            : Named(order, requested, validator);
        if (validator.Problem is { } invalid)
            return invalid;

        if (pieces is [])
            return Problems.Conflict("nothing-left", $"Nothing of the order can be {verb}.");

        var (lacking, wanted) = pieces.Find(piece => piece.Quantity > available(piece.Line));
        return lacking is null
            ? pieces
            : Problems.Conflict("too-many-pieces", $"{available(lacking)} of {lacking.Sku} can be {verb}, not {wanted}.");
    }

    private static List<(OrderedItem Line, int Quantity)> Named(Order order, IReadOnlyList<PieceRequest?> requested, Validator validator)
    {
        validator.Check(requested.Count is >= 1 && requested.Count <= order.Lines.Count, "lines", "must have an entry for each SKU, at least one");
        var named = new List<(OrderedItem, int)>();
        for (var index = 0; index < requested.Count; index++)
        {
            var line = order.Lines.Find(line => line.Sku == requested[index]?.Sku);
            var isKnown = validator.Check(line is not null, $"lines[{index}].sku", "is not in the order")
                && validator.Check(named.TrueForAll(other => other.Item1 != line), $"lines[{index}].sku", "is named twice");
            var isQuantity = validator.Check(
                requested[index]?.Quantity is >= 1 and <= OrderRules.MostOfOneSku, $"lines[{index}].quantity", OrderRules.WrongQuantity);
            if (isKnown && isQuantity)
                named.Add((line!, requested[index]!.Quantity!.Value));
        }

        return named;
    }
}
