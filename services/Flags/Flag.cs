namespace ShopFlow.Flags;

/// <summary>The feature flags of the shop: failures for practice, which are off, and switches of the business, which are on.</summary>
/// <param name="Name">As it is in the file.</param>
/// <param name="Description">What it does while it is on.</param>
/// <param name="IsOnByDefault">Where no file says otherwise.</param>
public sealed record Flag(string Name, string Description, bool IsOnByDefault = false)
{
    public const string PaymentFailure = "paymentFailure";
    public const string PaymentSlow = "paymentSlow";
    public const string CatalogFailure = "catalogFailure";
    public const string SearchSlow = "searchSlow";
    public const string RecommendationsOff = "recommendationsOff";
    public const string CartFailure = "cartFailure";
    public const string NotificationsDown = "notificationsDown";
    public const string Promotions = "promotions";
    public const string GuestCheckout = "guestCheckout";

    public static readonly IReadOnlyList<Flag> All =
    [
        new(PaymentFailure, "The card network answers with an error; payments are tried again until it works."),
        new(PaymentSlow, "The card network answers too late; payments ask what came of it."),
        new(CatalogFailure, "The catalogue answers with an error; known pages are served on, and nobody can check out."),
        new(SearchSlow, "Searches take three seconds."),
        new(RecommendationsOff, "Nothing is recommended."),
        new(CartFailure, "Carts cannot be reached; orders that name their items work."),
        new(NotificationsDown, "Notifications wait and are not lost."),
        new(Promotions, "Promotions and coupons count.", IsOnByDefault: true),
        new(GuestCheckout, "Guests may order.", IsOnByDefault: true),
    ];
}
