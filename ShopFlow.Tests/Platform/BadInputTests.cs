using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ShopFlow.Tests.Platform;

/// <summary>What a confused or hostile client sends to the whole shop is refused with its reason, and leaves nothing behind.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class BadInputTests(RunningPlatform platform)
{
    private const string Absent = Endpoint.Absent;
    private const string Long = "long";
    private const string Nul = """ "a\u0000b" """;
    private const string Line = """ "a\nb" """;

    private static readonly Dictionary<string, Endpoint> Endpoints = new()
    {
        ["register"] = new(HttpMethod.Post, "/auth/register", Caller.Anybody,
            """{"username": "bad-input-test", "password": "correct horse battery", "email": "bad@example.com"}"""),
        ["login"] = new(HttpMethod.Post, "/auth/login", Caller.Anybody,
            """{"username": "nobody-at-all", "password": "correct horse battery"}"""),
        ["cart"] = new(HttpMethod.Post, "/cart/items", Caller.Customer, """{"sku": "SKU", "quantity": 1}""", "/cart"),
        ["cart line"] = new(HttpMethod.Put, "/cart/items/SKU", Caller.Customer, """{"quantity": 2}""", "/cart"),
        ["cart currency"] = new(HttpMethod.Put, "/cart/currency", Caller.Customer, """{"currency": "EUR"}""", "/cart"),
        ["quote"] = new(HttpMethod.Post, "/checkout/quote", Caller.Anybody,
            """{"items": [{"sku": "SKU", "quantity": 1}], "currency": "EUR", "shippingAddress": {"name": "A", "line1": "B", "city": "C", "postalCode": "10115", "country": "DE"}}"""),
        ["order"] = new(HttpMethod.Post, "/orders", Caller.Customer,
            """{"items": [{"sku": "SKU", "quantity": 1}], "currency": "EUR", "shippingAddress": {"name": "A", "line1": "B", "city": "C", "postalCode": "10115", "country": "DE"}, "paymentMethod": "card", "email": "a@example.com"}""",
            "/orders"),
        ["product"] = new(HttpMethod.Post, "/products", Caller.Admin,
            """
            {"slug": "bad-input", "name": "Bad", "brand": "Input", "description": "Test", "category": "CATEGORY", "taxClass": "standard", "options": ["Size"],
             "variants": [{"sku": "BAD-1", "options": {"Size": "M"}, "weight": 100, "prices": [{"amount": 1, "currency": "USD"}, {"amount": 1, "currency": "EUR"},
             {"amount": 1, "currency": "GBP"}, {"amount": 1, "currency": "INR"}, {"amount": 1, "currency": "JPY"}]}]}
            """,
            "/products?limit=100&sort=newest"),
        ["stock"] = new(HttpMethod.Put, "/admin/stock/SKU", Caller.Admin,
            """{"available": 7, "reason": "counted"}""",
            "/admin/stock/SKU"),
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Where, which field, what it is instead. The answer is a 400 that names the field.</summary>
    public static TheoryData<string, string, string> WrongFields => new()
    {
        { "register", "username", Absent },
        { "register", "username", "42" },
        { "register", "username", """ "" """ },
        { "register", "username", """ "with space" """ },
        { "register", "username", Nul },
        { "register", "username", Long },
        { "register", "password", "null" },
        { "register", "password", """ "short" """ },
        { "register", "password", """["correct horse"]""" },
        { "register", "password", Long },
        { "register", "email", Absent },
        { "register", "email", """ "not an address" """ },
        { "register", "email", Nul },
        { "register", "email", Long },

        { "login", "username", Absent },
        { "login", "username", "true" },
        { "login", "username", Nul },
        { "login", "username", Long },
        { "login", "password", Absent },
        { "login", "password", "{}" },
        { "login", "password", Long },

        { "cart", "sku", Absent },
        { "cart", "sku", "42" },
        { "cart", "sku", """ "NO-SUCH-SKU" """ },
        { "cart", "sku", Nul },
        { "cart", "sku", Long },
        { "cart", "productId", """ "not-beside-a-sku" """ },
        { "cart", "quantity", "0" },
        { "cart", "quantity", "-1" },
        { "cart", "quantity", "100" },
        { "cart", "quantity", "1.5" },
        { "cart", "quantity", "99999999999999999999" },
        { "cart line", "quantity", Absent },
        { "cart line", "quantity", "-1" },
        { "cart line", "quantity", "1000000" },
        { "cart line", "quantity", "true" },
        { "cart currency", "currency", Absent },
        { "cart currency", "currency", """ "XXX" """ },
        { "cart currency", "currency", "[]" },

        { "quote", "items", "[]" },
        { "quote", "items", "7" },
        { "quote", "items[0]", "null" },
        { "quote", "items[0].quantity", Absent },
        { "quote", "items[0].quantity", "0" },
        { "quote", "items[0].quantity", "-1" },
        { "quote", "items[0].quantity", "100" },
        { "quote", "items[0].quantity", "1.5" },
        { "quote", "items[0].quantity", "99999999999999999999" },
        { "quote", "items[0].quantity", """ "1" """ },
        { "quote", "items[0].sku", """ "NO-SUCH-SKU" """ },
        { "quote", "items[0].sku", Nul },
        { "quote", "items[0].sku", Long },
        { "quote", "currency", """ "XXX" """ },
        { "quote", "currency", """ "eur" """ },
        { "quote", "currency", "978" },
        { "quote", "shippingAddress.country", """ "Germany" """ },
        { "quote", "shippingAddress.country", """ "de" """ },
        { "quote", "shippingAddress", """ "Berlin" """ },
        { "quote", "shippingOption", """ "by-dragon" """ },

        { "order", "items", "[]" },
        { "order", "items[0].quantity", "-3" },
        { "order", "items[0].quantity", "2147483648" },
        { "order", "items[0].quantity", "null" },
        { "order", "items[0].sku", """ "NO-SUCH-SKU" """ },
        { "order", "items[0].sku", """ "' or 1=1 --" """ },
        { "order", "items[0].sku", Long },
        { "order", "currency", """ "BTC" """ },
        { "order", "shippingAddress.name", Absent },
        { "order", "shippingAddress.line1", Line },
        { "order", "shippingAddress.city", Long },
        { "order", "shippingAddress.postalCode", Nul },
        { "order", "shippingAddress.country", "49" },
        { "order", "paymentMethod", """ "" """ },
        { "order", "paymentMethod", Long },
        { "order", "email", """ "a@b@c" """ },
        { "order", "email", Nul },

        { "product", "slug", """ "Not A Slug" """ },
        { "product", "name", Absent },
        { "product", "name", Nul },
        { "product", "name", Long },
        { "product", "description", Long },
        { "product", "category", """ "no-such-category" """ },
        { "product", "category", Nul },
        { "product", "taxClass", """ "none" """ },
        { "product", "options", """["Size", "size"]""" },
        { "product", "variants", "[]" },
        { "product", "variants", "null" },
        { "product", "variants[0]", "null" },
        { "product", "variants[0].sku", """ "lower case" """ },
        { "product", "variants[0].weight", "-1" },
        { "product", "variants[0].weight", "1e9" },
        { "product", "variants[0].options", """{"Colour": "red"}""" },
        { "product", "variants[0].prices", "[]" },
        { "product", "variants[0].prices[0].amount", "-1" },
        { "product", "variants[0].prices[0].amount", "0.001" },
        { "product", "variants[0].prices[0].amount", "1e30" },
        { "product", "variants[0].prices[4].amount", "0.5" },
        { "product", "variants[0].prices[0].amount", """ "1" """ },

        { "stock", "available", Absent },
        { "stock", "available", "-1" },
        { "stock", "available", "10000001" },
        { "stock", "available", "1.5" },
        { "stock", "available", """ "7" """ },
        { "stock", "available", "99999999999999999999" },
        { "stock", "reason", Absent },
        { "stock", "reason", """ "  " """ },
        { "stock", "reason", Long },
        { "stock", "reason", "[]" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_wrong_field_is_named_and_nothing_is_stored(string endpoint, string field, string json)
    {
        var target = await TargetAsync(endpoint);
        var before = await EffectAsync(target);
        var value = json == Long ? $"\"{new string('x', 100_000)}\"" : json;

        using var response = await SendAsync(target, Json(target.BodyWith(field, value)));

        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancelled)}");
        Assert.Contains(field, await response.WrongFieldsAsync());
        Assert.Equal(before, await EffectAsync(target));
    }

    /// <summary>Bodies that are wrong wherever they are sent.</summary>
    public static TheoryData<string, string, HttpStatusCode> WrongBodies
    {
        get
        {
            var rows = new TheoryData<string, string, HttpStatusCode>();
            foreach (var endpoint in Endpoints.Keys)
            {
                rows.Add(endpoint, "nothing", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "half of it", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "an array", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "null", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "invalid UTF-8", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "bare NULs", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "a thousand levels", HttpStatusCode.BadRequest);
                rows.Add(endpoint, "plain text", HttpStatusCode.UnsupportedMediaType);
                rows.Add(endpoint, "a form", HttpStatusCode.UnsupportedMediaType);
                rows.Add(endpoint, "10 MB", HttpStatusCode.RequestEntityTooLarge);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_body_is_refused_and_nothing_is_stored(string endpoint, string kind, HttpStatusCode status)
    {
        var target = await TargetAsync(endpoint);
        var before = await EffectAsync(target);

        using var response = await SendAsync(target, BodyOf(kind, target.Body));

        await response.ProblemAsync(status);
        Assert.Equal(before, await EffectAsync(target));
    }

    /// <summary>Reads whose address is wrong: the parameter that a 400 names, or null for a 404.</summary>
    public static TheoryData<string, string?> WrongAddresses => new()
    {
        { "/products?limit=0", "limit" },
        { "/products?limit=101", "limit" },
        { "/products?limit=-1", "limit" },
        { "/products?limit=ten", "limit" },
        { "/products?limit=99999999999999999999", "limit" },
        { "/products?limit=1&limit=2", "limit" },
        { "/products?currency=XXX", "currency" },
        { "/products?next=nonsense", "next" },
        { "/products?category=%00", "category" },
        { $"/products?category={new string('x', 1000)}", "category" },
        { "/products?sort=backwards", "sort" },
        { "/products?minPrice=-1", "minPrice" },
        { "/products?minPrice=2&maxPrice=1", "minPrice" },
        { "/products?maxPrice=1e400", "maxPrice" },
        { "/products?option.Size=", "option.Size" },
        { $"/products/{Guid.Empty}?currency=XXX", "currency" },
        { "/orders?limit=0", "limit" },
        { "/orders?next=nonsense", "next" },
        { $"/products/{Guid.Empty}", null },
        { "/products/not-an-id", null },
        { "/images/x.svg", null },
        { $"/images/{Guid.Empty}.svg", null },
        { $"/orders/{Guid.Empty}", null },
        { "/orders/not-an-id", null },
        { $"/payments/{Guid.Empty}", null },
        { "/admin/stock/NO-SUCH-SKU", null },
        { "/nothing", null },
    };

    [Theory]
    [MemberData(nameof(WrongAddresses))]
    public async Task A_wrong_address_says_what_is_wrong(string address, string? parameter)
    {
        var caller = address.StartsWith("/admin", StringComparison.Ordinal) ? Caller.Admin : Caller.Customer;
        using var response = await SendAsync(new Endpoint(HttpMethod.Get, address, caller, ""), null);

        Assert.InRange((int)response.StatusCode, 400, 404);
        if (parameter is null)
            Assert.Contains(await response.ProblemAsync(response.StatusCode), (string[])["not-found", "ambiguous-path", "invalid-request"]);
        else
            Assert.Contains(parameter, await response.WrongFieldsAsync());
    }

    [Theory]
    [InlineData("cart", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("order", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("order", "Basic YWRtaW46YWRtaW4=", HttpStatusCode.Unauthorized)]
    [InlineData("product", null, HttpStatusCode.Unauthorized)]
    [InlineData("product", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("product", "customer", HttpStatusCode.Forbidden)]
    [InlineData("stock", null, HttpStatusCode.Unauthorized)]
    [InlineData("stock", "customer", HttpStatusCode.Forbidden)]
    public async Task Who_may_not_is_refused_and_nothing_is_stored(string endpoint, string? authorization, HttpStatusCode status)
    {
        var target = await TargetAsync(endpoint);
        var before = await EffectAsync(target);

        using var request = new HttpRequestMessage(target.Method, target.Path) { Content = Json(target.Body.Replace("\"email\": \"a@example.com\"", "\"email\": null", StringComparison.Ordinal)) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("Authorization", authorization == "customer" ? $"Bearer {await TokenAsync(Caller.Customer)}" : authorization);
        using var response = await platform.Gateway.SendAsync(request, Cancelled);

        await response.ProblemAsync(status);
        Assert.Equal(before, await EffectAsync(target));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        var registration = Endpoints["register"] with { Body = $$"""{"username": "twin-{{Guid.NewGuid():N}}", "password": "correct horse battery", "email": "twin@example.com"}""" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(registration, Json(registration.Body))));

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    private static ByteArrayContent BodyOf(string kind, string valid) => kind switch
    {
        "nothing" => Json(""),
        "half of it" => Json(valid[..(valid.Length / 2)]),
        "an array" => Json($"[{valid}]"),
        "null" => Json("null"),
        "invalid UTF-8" => InvalidUtf8(valid),
        "bare NULs" => Content(new byte[64], "application/json"),
        "a thousand levels" => Json($"{valid[..^1]}, \"x\": {new string('[', 1000)}{new string(']', 1000)}}}"),
        "plain text" => Content(Encoding.UTF8.GetBytes(valid), "text/plain"),
        "a form" => Content("username=a&password=b"u8.ToArray(), "application/x-www-form-urlencoded"),
        "10 MB" => Json($"{valid[..^1]}, \"x\": \"{new string('x', 10 * 1024 * 1024)}\"}}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>In the first text of the body.</summary>
    private static ByteArrayContent InvalidUtf8(string valid)
    {
        var inText = valid.IndexOf(": \"", StringComparison.Ordinal) + 3;
        return Content([.. Encoding.UTF8.GetBytes(valid[..inText]), 0xc3, 0x28, 0xff, .. Encoding.UTF8.GetBytes(valid[inText..])], "application/json");
    }

    private static ByteArrayContent Json(string text) => Content(Encoding.UTF8.GetBytes(text), "application/json");

    private static ByteArrayContent Content(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private async Task<Endpoint> TargetAsync(string name)
    {
        var first = await platform.Gateway.AnyProductAsync(Cancelled);

        return Endpoints[name].With(
            first.GetProperty("variants")[0].GetProperty("sku").GetString()!,
            first.GetProperty("category").GetString()!);
    }

    private async Task<string?> EffectAsync(Endpoint target)
    {
        if (target.Effect is null)
            return null;

        using var response = await SendAsync(target with { Method = HttpMethod.Get, Path = target.Effect }, null);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancelled);
    }

    private async Task<HttpResponseMessage> SendAsync(Endpoint target, HttpContent? body)
    {
        using var request = new HttpRequestMessage(target.Method, target.Path) { Content = body };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (target.Caller is not Caller.Anybody)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(target.Caller));

        return await platform.Gateway.SendAsync(request, Cancelled);
    }

    private async Task<string> TokenAsync(Caller caller) => caller is Caller.Admin
        ? (await platform.AdminAsync(Cancelled)).Token
        : (await platform.CustomerAsync(Cancelled)).Token;
}
