using System.Net;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;
using ShopFlow.Recommendations.Views;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Recommendations;

public sealed class RebuildTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_happens_in_whatever_order_counting_as_it_happens_and_counting_anew_agree(int seed)
    {
        var history = await History.MakeAsync(shop, new Random(seed));

        await history.HappenAsync(shop);

        var expected = history.Expected();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await CountsAsync());
        var answers = await AnswersAsync(history.Products);
        var rebuilt = await shop.RebuildAsync();
        Assert.Equal((0, 0), (rebuilt.CorrectedProducts, rebuilt.CorrectedPairs));
        Assert.Equal(expected.Count, rebuilt.Pairs);
        Assert.Empty(await AuditAsync());

        await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync($"with gone as (delete from pairs) update products set orders = 0, visits = 0"));
        await shop.RebuildAsync();
        Assert.Equal(expected, await CountsAsync());
        Assert.Equal(answers, await AnswersAsync(history.Products));
    }

    [Fact]
    public async Task What_is_wrong_is_corrected_and_told()
    {
        var (kettle, cup, spoon) = (await shop.SellAsync(), await shop.SellAsync(), await shop.SellAsync());
        await shop.BuyAsync(kettle, cup);
        await shop.BuyAsync(kettle, spoon);
        await shop.RebuildAsync();
        var before = await CountsAsync();

        await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""
            with wrong as (update pairs set baskets = 7 where product_id = {kettle} and other_id = {cup}),
                 missing as (delete from pairs where product_id = {cup}),
                 invented as (insert into pairs values ({cup}, 0, {spoon}, 3))
            update products set orders = 9 where id = {spoon}
            """));
        Assert.Equal(["recommendation-count", "recommendation-pair", "recommendation-pair", "recommendation-pair"], await AuditAsync());
        var rebuilt = await shop.RebuildAsync();

        Assert.Equal((1, 3), (rebuilt.CorrectedProducts, rebuilt.CorrectedPairs));
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task Counting_goes_on_while_it_is_rebuilt()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());

        var orders = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.BuyAsync(kettle, cup)));
        while (!orders.IsCompleted)
            await shop.RebuildAsync();
        await orders;

        Assert.Equal(10, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
    }

    [Fact]
    public async Task Nobody_waits_for_a_turn_while_it_counts()
    {
        var kettle = await shop.SellAsync();
        await using var held = await HeldTransaction.BeginAsync(shop);
        await held.ExecuteAsync($"lock table pairs in access exclusive mode");
        var rebuild = shop.RebuildAsync();
        await held.SomebodyWaitsAsync();

        await shop.BuyAsync(kettle).WaitAsync(Limit);

        await held.CommitAsync();
        await rebuild;
        Assert.Equal(1, await OrdersOfAsync(kettle));
    }

    [Fact]
    public async Task A_count_that_changed_between_the_look_and_the_correction_is_looked_at_again()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());
        var order = await shop.BuyAsync(kettle, cup);
        await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync($"delete from pairs where product_id in ({kettle}, {cup})"));

        await using var turn = await HeldTransaction.BeginAsync(shop);
        await turn.Db.TakeTurnAsync(CancellationToken.None);
        var rebuild = shop.RebuildAsync();
        await turn.SomebodyWaitsAsync();
        // As an event does it: there is no pair to take anything from.
        await turn.ExecuteAsync($"update orders set is_cancelled = true where id = {order}");
        await turn.ExecuteAsync($"update products set orders = orders - 1 where id in ({kettle}, {cup})");
        await turn.CommitAsync();
        await rebuild;

        Assert.Equal(0, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("customer", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Only_administrators_rebuild(string? role, HttpStatusCode expected)
    {
        var response = await shop.Client(role).PostAsync(new Uri("/admin/recommendations/rebuild", UriKind.Relative), null);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
            Assert.Equal(0, (await response.JsonAsync()).GetProperty("correctedPairs").GetInt32());
    }

    private Task<int> OrdersOfAsync(Guid id) =>
        shop.WithDbAsync(db => db.Products.Where(product => product.Id == id).Select(product => product.Orders).SingleAsync());

    /// <summary>The breaches that the audit finds.</summary>
    private async Task<List<string>> AuditAsync()
    {
        var audit = await File.ReadAllTextAsync(RepositoryFiles.Path("services/Recommendations/Data/Audit.sql"));
        var breaches = "select breach as \"Value\" from (" + audit.TrimEnd().TrimEnd(';') + ") audit";
        return await shop.WithDbAsync(db => db.Database.SqlQueryRaw<string>(breaches).ToListAsync());
    }

    /// <summary>What shoppers are told beside each product, and of the best sellers.</summary>
    private async Task<List<string>> AnswersAsync(IEnumerable<Guid> products)
    {
        var answers = new List<string>();
        foreach (var product in products)
            answers.Add($"{await shop.GetAsync($"/recommendations?productId={product}")}");
        answers.Add($"{await shop.GetAsync("/recommendations/popular")}");
        return answers;
    }

    /// <summary>All pairs with their counts, in one order.</summary>
    private Task<List<(Relation Relation, Guid One, Guid Other, int Baskets)>> CountsAsync() => shop.WithDbAsync(async db =>
        Sorted((await db.Pairs.AsNoTracking().ToListAsync()).Select(pair => (pair.Relation, pair.ProductId, pair.OtherId, pair.Baskets))));

    private static List<(Relation Relation, Guid One, Guid Other, int Baskets)> Sorted(
        IEnumerable<(Relation Relation, Guid One, Guid Other, int Baskets)> pairs) => [.. pairs.Order()];

    /// <summary>What happens in a shop by chance: each order is placed, some are confirmed, some cancelled, visitors look around.</summary>
    private sealed record History(List<Guid> Products, List<IntegrationEvent> Events, List<View> Views, Random Random)
    {
        private const int Orders = 40;
        private const int Visits = 25;

        public static async Task<History> MakeAsync(RecommendationsUnderTest shop, Random random)
        {
            await shop.WithDbAsync(db => db.Database.ExecuteSqlAsync($"truncate pairs, orders, visits, products"));
            var history = new History([], [], [], random);
            for (var i = 0; i < 8; i++)
                history.Products.Add(await shop.SellAsync());

            for (var i = 0; i < Orders; i++)
                history.Order(Guid.NewGuid());
            for (var i = 0; i < Visits; i++)
                history.Visit(Guid.NewGuid());
            return history;
        }

        /// <summary>Shuffled, with repeats, in batches of any size.</summary>
        public async Task HappenAsync(RecommendationsUnderTest shop)
        {
            var happenings = Shuffled([.. Repeated(Events), .. Repeated(Views)]);
            foreach (var batch in happenings.Chunk(Random.Next(1, 12)))
            {
                await shop.DeliverAsync<OrderPlaced, CountOrders>([.. batch.OfType<OrderPlaced>()]);
                await shop.DeliverAsync<OrderCancelled, CountOrders>([.. batch.OfType<OrderCancelled>()]);
                await shop.DeliverAsync<OrderConfirmed, CountOrders>([.. batch.OfType<OrderConfirmed>()]);
                await shop.CountViewsAsync([.. batch.OfType<View>()]);
            }
        }

        /// <summary>Counted here, the plain way, from everything at once.</summary>
        public List<(Relation Relation, Guid One, Guid Other, int Baskets)> Expected()
        {
            var cancelled = Events.OfType<OrderCancelled>().Select(e => e.OrderId).ToHashSet();
            var confirmed = Events.OfType<OrderConfirmed>().Select(e => e.OrderId).ToHashSet();
            var orders = Events.OfType<OrderPlaced>()
                .Where(e => confirmed.Contains(e.OrderId) && !cancelled.Contains(e.OrderId))
                .Select(e => (Relation.BoughtTogether, Products: e.Lines.Select(line => Guid.Parse(line.ProductId)).ToHashSet()));
            var visits = Views.GroupBy(view => view.VisitId)
                .Select(visit => (Relation.ViewedTogether, Products: visit.Select(view => view.ProductId).ToHashSet()));

            return Sorted(
                from basket in orders.Concat(visits)
                from one in basket.Products
                from other in basket.Products
                where one != other
                group basket by (basket.Item1, one, other) into met
                select (met.Key.Item1, met.Key.one, met.Key.other, met.Count()));
        }

        private void Order(Guid id)
        {
            Events.Add(RecommendationsUnderTest.Placed(id, Some(6)));
            if (Random.Next(10) < 8)
                Events.Add(RecommendationsUnderTest.Confirmed(id));
            if (Random.Next(10) < 3)
                Events.Add(RecommendationsUnderTest.Cancelled(id));
        }

        // Within the bound of a visit; what is beyond it depends on what came first.
        private void Visit(Guid id) => Views.AddRange(Some(5).Distinct().Select(product => new View(id, product, Today)));

        private List<Guid> Some(int most) => [.. Enumerable.Range(0, Random.Next(1, most + 1)).Select(_ => Products[Random.Next(Products.Count)])];

        // Some come again as they are, and some are told again by another message.
        private List<object> Repeated(IEnumerable<object> happenings) =>
        [
            .. happenings.SelectMany(happening => Random.Next(4) switch
            {
                0 => [happening, happening],
                1 => [happening, happening is IntegrationEvent e ? e with { Id = Guid.CreateVersion7() } : happening],
                _ => (object[])[happening],
            }),
        ];

        private List<object> Shuffled(object[] happenings)
        {
            Random.Shuffle(happenings);
            return [.. happenings];
        }
    }
}
