namespace ShopFlow.Catalog.Data;

internal sealed class Product
{
    public required Guid Id { get; init; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required string Brand { get; set; }

    public required string Description { get; set; }

    public required string CategorySlug { get; set; }

    public required string TaxClass { get; set; }

    public ProductStatus Status { get; set; }

    /// <summary>What the variants differ in, such as "Size"; empty for a product with a single variant.</summary>
    public required string[] Options { get; set; }

    /// <summary>Grows with every change, whichever clock is behind: who follows the catalogue tells by it what is newer.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>PostgreSQL's xmin: another value after every update of the row.</summary>
    public uint Version { get; init; }

    public List<Variant> Variants { get; init; } = [];

    public void ChangedAt(DateTimeOffset now) => UpdatedAt = now > UpdatedAt ? now : UpdatedAt.AddMicroseconds(1);
}
