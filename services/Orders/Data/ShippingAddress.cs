namespace ShopFlow.Orders.Data;

/// <param name="Name">Who receives the goods.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="Line2">Anything that doesn't fit above.</param>
/// <param name="City">Town.</param>
/// <param name="PostalCode">As written in the country.</param>
/// <param name="Country">Two letters, ISO 3166-1.</param>
/// <param name="Region">State or province, as ISO 3166-2 writes it after the hyphen; needed in the United States.</param>
internal sealed record ShippingAddress(
    string? Name, string? Line1, string? Line2, string? City, string? PostalCode, string? Country, string? Region = null);
