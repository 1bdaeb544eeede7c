using System.Text.RegularExpressions;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Categories;

/// <summary>All categories at one moment. Levels count from 1 at the top.</summary>
internal sealed partial class CategoryTree(IReadOnlyList<Category> categories)
{
    private readonly Dictionary<string, Category> _bySlug = categories.ToDictionary(category => category.Slug);
    private readonly ILookup<string?, Category> _byParent = categories.ToLookup(category => category.ParentSlug);

    public int Count => categories.Count;

    public static bool IsSlug(string? text) => text is { Length: <= 60 } && SlugPattern.IsMatch(text);

    public Category? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>From the top down to the category itself.</summary>
    public IEnumerable<Category> PathTo(string slug)
    {
        var category = _bySlug[slug];
        return category.ParentSlug is { } parent ? PathTo(parent).Append(category) : [category];
    }

    /// <summary>The level of a category; 0 for none.</summary>
    public int DepthOf(string? slug) => slug is null ? 0 : 1 + DepthOf(_bySlug[slug].ParentSlug);

    /// <summary>The levels from a category down to the lowest below it, itself included.</summary>
    public int HeightOf(string slug) => 1 + _byParent[slug].Select(child => HeightOf(child.Slug)).DefaultIfEmpty(0).Max();

    public bool HasChildren(string slug) => _byParent[slug].Any();

    /// <summary>Whether <paramref name="slug"/> is <paramref name="branch"/> or below it.</summary>
    public bool IsWithin(string? slug, string branch) => slug is not null && (slug == branch || IsWithin(_bySlug[slug].ParentSlug, branch));

    public int NextPositionBelow(string? parent) => 1 + _byParent[parent].Select(child => child.Position).DefaultIfEmpty(-1).Max();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex SlugPattern { get; }
}
