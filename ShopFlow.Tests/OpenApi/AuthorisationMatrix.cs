namespace ShopFlow.Tests.OpenApi;

/// <summary>Who may ask for what, written down by hand: an operation that is not here fails the tests.</summary>
internal static class AuthorisationMatrix
{
    /// <summary>With a token or without.</summary>
    public static IReadOnlySet<string> Anybody { get; } = Lines("""
        GET /.well-known/jwks.json
        POST /auth/login
        POST /auth/logout
        POST /auth/password-reset
        POST /auth/password-reset/confirm
        POST /auth/refresh
        POST /auth/register
        DELETE /cart
        GET /cart
        PUT /cart/currency
        POST /cart/items
        DELETE /cart/items/{sku}
        PUT /cart/items/{sku}
        GET /categories
        POST /checkout/quote
        POST /create-order
        GET /images/{productId}.svg
        POST /order
        POST /orders
        GET /products
        GET /products/{id}
        POST /products/{id}/views
        GET /recommendations
        GET /recommendations/popular
        GET /search
        GET /search/suggestions
        """);

    /// <summary>Whoever is signed in.</summary>
    public static IReadOnlySet<string> SignedIn { get; } = Lines("""
        GET /auth/me
        POST /auth/password
        DELETE /auth/sessions
        GET /auth/sessions
        DELETE /auth/sessions/{id}
        POST /auth/verify
        GET /notifications
        GET /notifications/preferences
        PUT /notifications/preferences
        POST /notifications/send
        GET /notifications/webhooks
        POST /notifications/webhooks
        GET /notifications/webhooks/deliveries
        POST /notifications/webhooks/deliveries/{id}/replay
        DELETE /notifications/webhooks/{id}
        GET /orders
        POST /payments/process
        GET /payments/{id}
        """);

    /// <summary>Whoever it is of, and administrators.</summary>
    public static IReadOnlySet<string> Owners { get; } = Lines("""
        GET /notifications/{userId}
        """);

    /// <summary>Whoever is signed in, and a guest who shows the key of the order.</summary>
    public static IReadOnlySet<string> KeyHolders { get; } = Lines("""
        GET /orders/{id}
        POST /orders/{id}/cancel
        GET /orders/{id}/events
        POST /orders/{id}/returns
        """);

    public static IReadOnlySet<string> Administrators { get; } = Lines("""
        DELETE /admin/dead-letters/{service}
        GET /admin/dead-letters/{service}
        POST /admin/dead-letters/{service}/replay
        DELETE /admin/dead-letters/{service}/{id}
        GET /admin/dead-letters/{service}/{id}
        POST /admin/dead-letters/{service}/{id}/replay
        GET /admin/audit
        GET /admin/deliveries
        POST /admin/deliveries/{id}/replay
        GET /admin/flags
        PUT /admin/flags/{name}
        GET /admin/orders
        GET /admin/orders/{id}
        POST /admin/orders/{id}/refunds
        POST /admin/orders/{id}/returns/{returnId}/receive
        POST /admin/orders/{id}/returns/{returnId}/reject
        POST /admin/orders/{id}/shipments
        DELETE /admin/orders/{id}/shipments/{shipmentId}
        POST /admin/orders/{id}/shipments/{shipmentId}/deliver
        POST /admin/orders/{id}/shipments/{shipmentId}/ship
        GET /admin/payments
        GET /admin/payments/{id}
        GET /admin/products
        GET /admin/products/export
        POST /admin/products/import
        GET /admin/products/{id}
        GET /admin/promotions
        POST /admin/promotions
        GET /admin/promotions/{id}
        PUT /admin/promotions/{id}
        POST /admin/promotions/{id}/end
        GET /admin/rates
        PUT /admin/rates
        POST /admin/recommendations/rebuild
        GET /admin/refunds
        GET /admin/search/rebuild
        POST /admin/search/rebuild
        POST /admin/signing-keys/rotate
        GET /admin/stock
        GET /admin/stock/{sku}
        PUT /admin/stock/{sku}
        GET /admin/stock/{sku}/adjustments
        PUT /admin/stock/{sku}/threshold
        GET /admin/users
        GET /admin/users/{id}
        POST /admin/users/{id}/lock
        PUT /admin/users/{id}/roles
        DELETE /admin/users/{id}/sessions
        POST /admin/users/{id}/unlock
        POST /categories
        DELETE /categories/{slug}
        PUT /categories/{slug}
        POST /products
        PUT /products/{id}
        POST /products/{id}/archive
        POST /products/{id}/restore
        """);

    /// <summary>Nobody with a token: the payment provider signs what it sends.</summary>
    public static IReadOnlySet<string> Provider { get; } = Lines("""
        POST /payments/webhooks
        """);

    private static HashSet<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries)];
}
