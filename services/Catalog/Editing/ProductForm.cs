namespace ShopFlow.Catalog.Editing;

/// <summary>What an admin sends to create or replace a product. <c>Options</c> names what the variants differ in, in order.</summary>
internal record ProductForm(
    string? Slug,
    string? Name,
    string? Brand,
    string? Description,
    string? Category,
    string? TaxClass,
    IReadOnlyList<string>? Options,
    IReadOnlyList<VariantForm>? Variants);
