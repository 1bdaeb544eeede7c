namespace ShopFlow.Recommendations.Data;

/// <summary>What is known of a product: from the catalogue, from inventory, and how often it was bought and looked at.</summary>
internal sealed class Product
{
    public Guid Id { get; init; }

    /// <summary>The slug of its category; null until the catalogue has told it.</summary>
    public string? Category { get; init; }

    /// <summary>It is in the catalogue and not archived.</summary>
    public bool IsActive { get; init; }

    /// <summary>It is active and a variant of it is in stock: only such products are recommended.</summary>
    public bool IsForSale { get; init; }

    /// <summary>Confirmed orders that have it.</summary>
    public int Orders { get; init; }

    /// <summary>Visits in which it was looked at.</summary>
    public int Visits { get; init; }

    /// <summary>Grows with every change that the catalogue announces.</summary>
    public long Announced { get; init; }

    /// <summary>The <see cref="Announced"/> up to which the catalogue was asked.</summary>
    public long Learnt { get; init; }

    /// <summary>Until then somebody is asking the catalogue about it.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
}
