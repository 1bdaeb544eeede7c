using System.Globalization;

namespace ShopFlow.Cli.Bench;

/// <summary>What shoppers do, one unit of work at a time.</summary>
internal sealed class Scenarios(ShopUnderLoad shop)
{
    private const string Address =
        """{"name": "Bench", "line1": "Street 1", "city": "Berlin", "postalCode": "10115", "country": "DE"}""";

    // An order takes some dozen milliseconds; asking sooner or oftener would only take the time from the shop. The pause grows, so that
    // a shop that is behind isn't asked the more for it, and a latency is at most so much too high.
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_orderLimit = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(2026);

    public Task ListAsync(HttpConnection http, int client) => GetAsync(http, "/products?limit=20");

    public Task DetailAsync(HttpConnection http, int client) => GetAsync(http, $"/products/{Any(shop.Products)}");

    public Task BrowseAsync(HttpConnection http, int client) => Any(10) switch
    {
        < 6 => GetAsync(http, $"/products?limit=20&sort={(Any(2) == 0 ? "price-asc" : "name")}"),
        < 9 => DetailAsync(http, client),
        _ => GetAsync(http, "/categories"),
    };

    /// <summary>Two words of a name, one word, or one that is misspelt.</summary>
    public Task SearchAsync(HttpConnection http, int client)
    {
        var words = Any(shop.Names).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = Any(words.Length);
        var query = Any(10) switch
        {
            < 6 => string.Join(' ', words.Skip(first).Take(2)),
            < 9 => words[first],
            _ => Misspelt(words.MaxBy(word => word.Length)!),
        };
        return GetAsync(http, $"/search?q={Uri.EscapeDataString(query)}");
    }

    /// <summary>The beginning of a name, as it is being typed.</summary>
    public Task SuggestAsync(HttpConnection http, int client)
    {
        var name = Any(shop.Names);
        return GetAsync(http, $"/search/suggestions?q={Uri.EscapeDataString(name[..Math.Min(name.Length, 2 + Any(8))])}");
    }

    /// <summary>An item into a new cart, and a look at it.</summary>
    public async Task CartAsync(HttpConnection http, int client)
    {
        var cart = await AddAsync(http);
        await GetAsync(http, "/cart", $"Cart-Id: {cart}\r\n");
    }

    /// <summary>A guest's way from the cart to the confirmed order.</summary>
    public async Task CheckoutAsync(HttpConnection http, int client)
    {
        var cart = await AddAsync(http);
        var quote = await http.SendAsync("POST", "/checkout/quote", $$"""{"shippingAddress": {{Address}}}""", $"Cart-Id: {cart}\r\n");
        UnexpectedAnswerException.Unless(quote.IsSuccess, quote, "quote");
        await OrderAsync(http, $$"""{"email": "bench@shopflow.example", "shippingAddress": {{Address}}}""", $"Cart-Id: {cart}\r\n");
    }

    /// <summary>One of the same item for everybody.</summary>
    public Task HotSkuAsync(HttpConnection http, int client) =>
        OrderAsync(http, $$"""{"email": "bench@shopflow.example", "items": [{"sku": "{{shop.Skus[0]}}", "quantity": 1}]}""", "");

    /// <summary>Clients that come back when they were told to. Who is turned away is counted, and no error.</summary>
    public Func<HttpConnection, int, Task> PatientLogin(IReadOnlyList<string> users, Action turnedAway) => async (http, client) =>
    {
        var answer = await http.SendAsync("POST", "/auth/login", users[client % users.Count]);
        if (answer.Status != 429)
        {
            UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "login");
            return;
        }

        turnedAway();
        var pause = answer.Header("Retry-After") ?? throw new UnexpectedAnswerException("login: 429 without Retry-After");
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(pause, CultureInfo.InvariantCulture)));
    };

    public Func<HttpConnection, int, Task> Login(IReadOnlyList<string> users) => async (http, client) =>
    {
        var answer = await http.SendAsync("POST", "/auth/login", users[client % users.Count]);
        UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "login");
    };

    /// <summary>Each client goes on with the token that it was given last.</summary>
    public Func<HttpConnection, int, Task> Refresh(IReadOnlyList<string> users)
    {
        var tokens = new string?[users.Count];
        return async (http, client) =>
        {
            var answer = tokens[client] is { } token
                ? await http.SendAsync("POST", "/auth/refresh", $$"""{"refreshToken": "{{token}}"}""")
                : await http.SendAsync("POST", "/auth/login", users[client]);
            tokens[client] = null;
            UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "refresh");
            tokens[client] = answer.Json.GetProperty("refreshToken").GetString();
        };
    }

    private static async Task GetAsync(HttpConnection http, string path, string headers = "")
    {
        var answer = await http.SendAsync("GET", path, headers: headers);
        UnexpectedAnswerException.Unless(answer.IsSuccess, answer, path.Split('?')[0]);
    }

    private async Task<string> AddAsync(HttpConnection http)
    {
        var answer = await http.SendAsync("POST", "/cart/items", $$"""{"sku": "{{Any(shop.Skus)}}", "quantity": 1}""");
        UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "cart");
        return answer.Header("Cart-Id") ?? throw new UnexpectedAnswerException("cart: no Cart-Id");
    }

    private static async Task OrderAsync(HttpConnection http, string order, string headers)
    {
        var placed = await http.SendAsync("POST", "/orders", order, $"{headers}Idempotency-Key: {Guid.NewGuid()}\r\n");
        UnexpectedAnswerException.Unless(placed.Status == 201, placed, "order");
        var (id, key) = (placed.Json.GetProperty("id").GetString(), placed.Json.GetProperty("accessKey").GetString());

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var pause = s_firstLook;
        await Task.Delay(pause);
        while (true)
        {
            var answer = await http.SendAsync("GET", string.Create(CultureInfo.InvariantCulture, $"/orders/{id}"), headers: $"Order-Key: {key}\r\n");
            UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "order status");
            switch (answer.Json.GetProperty("status").GetString())
            {
                case "Confirmed":
                    return;
                case "Cancelled":
                    throw new UnexpectedAnswerException($"order: cancelled, {answer.Json.GetProperty("reason").GetString()}");
            }

            if (clock.Elapsed > s_orderLimit)
                throw new UnexpectedAnswerException($"order: not confirmed within {s_orderLimit.TotalSeconds} s");
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
            await Task.Delay(pause);
        }
    }

    private string Misspelt(string word) => word.Remove(Any(word.Length), 1);

    private string Any(IReadOnlyList<string> values) => values[Any(values.Count)];

    private int Any(int bound)
    {
        lock (_random)
            return _random.Next(bound);
    }
}
