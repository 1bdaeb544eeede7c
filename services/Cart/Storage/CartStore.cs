using System.Text.Json;
using ShopFlow.Cart.Identity;
using StackExchange.Redis;

namespace ShopFlow.Cart.Storage;

/// <summary>
/// Carts in Redis. Each call is one round trip and all or nothing, whatever else happens to the cart meanwhile.
/// </summary>
/// <exception cref="RedisException">Redis is away.</exception>
/// <exception cref="TimeoutException">Redis does not answer in time; nothing is known of the change.</exception>
internal sealed class CartStore(IConnectionMultiplexer redis, CartOptions options, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly string Script = ReadScript();

    private IDatabase Database => redis.GetDatabase();

    public async Task<StoredCart> ReadAsync(CartKey key) => (await RunAsync("read", key)).Cart;

    /// <summary>Adds pieces to a line, or a new line.</summary>
    public Task<(CartChange Change, StoredCart Cart)> AddAsync(CartKey key, string sku, int quantity, SeenOffer seen) =>
        RunAsync("add", key, sku, quantity, options.MostPieces, options.MostLines, Json(seen));

    /// <summary>Makes a line have so many pieces, whether it was there or not.</summary>
    public Task<(CartChange Change, StoredCart Cart)> SetAsync(CartKey key, string sku, int quantity, SeenOffer seen) =>
        RunAsync("set", key, sku, quantity, options.MostPieces, options.MostLines, Json(seen));

    public async Task<StoredCart> RemoveAsync(CartKey key, string sku) => (await RunAsync("remove", key, sku)).Cart;

    public async Task<StoredCart> ChooseCurrencyAsync(CartKey key, string currency) => (await RunAsync("currency", key, currency)).Cart;

    /// <summary>Notes what the shopper was shown of some lines.</summary>
    public Task ShowAsync(CartKey key, IEnumerable<(string Sku, SeenOffer Seen)> shown) =>
        RunAsync("show", key, [.. shown.SelectMany(line => new RedisValue[] { line.Sku, Json(line.Seen) })]);

    public Task ClearAsync(CartKey key) => RunAsync("clear", key, "");

    /// <summary>Unless the cart has changed since that version.</summary>
    public Task ClearAsync(CartKey key, long version) => RunAsync("clear", key, version);

    /// <summary>
    /// Moves what is in a guest's cart to a user's: pieces add up to the bound, the user's currency wins, lines come after those that
    /// are there, and the guest's cart is gone. Of calls that race, one finds it.
    /// </summary>
    public Task MergeAsync(CartKey guest, CartKey user) => RunAsync("merge", user, [options.MostPieces], guest);

    private Task<(CartChange Change, StoredCart Cart)> RunAsync(string operation, CartKey key, params RedisValue[] arguments) =>
        RunAsync(operation, key, arguments, other: null);

    private async Task<(CartChange Change, StoredCart Cart)> RunAsync(string operation, CartKey key, RedisValue[] arguments, CartKey? other)
    {
        var lifetime = key.IsGuest ? options.GuestLifetime : options.UserLifetime;
        RedisKey[] keys = other is { } guest ? [NameOf(key), NameOf(guest)] : [NameOf(key)];
        RedisValue[] values = [operation, time.GetUtcNow().ToUnixTimeMilliseconds(), (long)lifetime.TotalSeconds, .. arguments];
        var answer = (RedisResult[])(await Database.ScriptEvaluateAsync(Script, keys, values).WaitAsync(Limit, time))!;

        return (Enum.Parse<CartChange>((string)answer[0]!), Read((RedisValue[])answer[1]!));
    }

    private static RedisKey NameOf(CartKey key) => $"cart:{key}";

    // Fields and their values by turns.
    private static StoredCart Read(RedisValue[] hash)
    {
        if (hash is [])
            return StoredCart.None;

        var fields = hash.Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => pair[1], StringComparer.Ordinal);

        var lines = fields
            .Where(field => field.Key.StartsWith("q:", StringComparison.Ordinal))
            .Select(field => field.Key[2..])
            .Select(sku => new StoredLine(sku, (int)fields[$"q:{sku}"], (long)fields[$"a:{sku}"], SeenIn(fields, sku)))
            .OrderBy(line => line.Added);
        return new((long)fields["version"], fields.TryGetValue("currency", out var currency) ? (string?)currency : null, [.. lines]);
    }

    private static SeenOffer? SeenIn(Dictionary<string, RedisValue> fields, string sku) =>
        fields.TryGetValue($"s:{sku}", out var seen) ? JsonSerializer.Deserialize((string)seen!, CartJson.Default.SeenOffer) : null;

    private static string Json(SeenOffer seen) => JsonSerializer.Serialize(seen, CartJson.Default.SeenOffer);

    private static string ReadScript()
    {
        using var stream = typeof(CartStore).Assembly.GetManifestResourceStream("cart.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
