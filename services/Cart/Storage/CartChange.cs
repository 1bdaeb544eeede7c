namespace ShopFlow.Cart.Storage;

/// <summary>What became of a change to a line.</summary>
internal enum CartChange
{
    Done,
    TooManyPieces,
    TooManyLines,
}
