using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Messaging;

/// <summary>The endpoints, on a service whose handler fails for whatever begins with "poison" until it is mended.</summary>
[Collection(nameof(ThingHappened))]
public sealed class DeadLetterApiTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TestTokens tokens = new();
    private readonly string name = $"letters-{Guid.NewGuid():N}";
    private MessagingService publisher = null!;
    private TestService service = null!;
    private Wire wire = null!;

    private string Path => $"/admin/dead-letters/{name}";

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        var address = await broker.RunningAddressAsync();
        publisher = await MessagingService.StartAsync(database, address, $"{name}-publisher", consumes: false);
        service = await TestService.StartAsync(
            app => app.MapDeadLetters(),
            builder =>
            {
                builder.Services.AddSingleton<IJwksSource>(tokens);
                builder.Logging.ClearProviders();
                MessagingService.AddEffects(builder, messaging => messaging.Consume<LetterSent, ReadLetter>());
            },
            MessagingService.Settings(database, address, name));
        service.Client.DefaultRequestHeaders.Authorization = Bearer("admin");
        wire = await Wire.ConnectAsync(address);

        await publisher.HealthyAsync();
        await Eventually.TrueAsync(() => service.App.Services.GetRequiredService<EventConsumers>().AreWorking, Limit, () => "it doesn't consume");
    }

    public async ValueTask DisposeAsync()
    {
        await wire.DisposeAsync();
        await service.App.StopAsync();
        await service.DisposeAsync();
        await publisher.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_is_listed_and_shown_with_why_it_failed()
    {
        await PoisonAsync("poison");

        var listed = Assert.Single(Letters(await PageAsync()));
        Assert.Equal("letters.letter-sent", listed.GetProperty("event").GetString());
        Assert.Equal("InvalidOperationException: poison", listed.GetProperty("reason").GetString());
        Assert.Equal(MessagingService.RetryDelays.Length + 1, listed.GetProperty("attempts").GetInt32());

        var shown = await service.Client.GetFromJsonAsync<JsonElement>($"{Path}/{listed.GetProperty("id").GetGuid()}");
        Assert.Equal("poison", shown.GetProperty("body").GetProperty("text").GetString());
        Assert.Equal($"{name}.letters", shown.GetProperty("queue").GetString());
    }

    [Fact]
    public async Task Looking_neither_loses_letters_nor_changes_their_order()
    {
        var ids = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids)
        {
            await MalformedAsync(id);
        }

        await CountAsync(ids.Length);
        for (var look = 0; look < 25; look++)
        {
            Assert.Equal(ids, await IdsPageByPageAsync(25));
        }
    }

    [Fact]
    public async Task Those_who_look_at_once_all_see_everything()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids)
        {
            await MalformedAsync(id);
        }

        await CountAsync(ids.Length);
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PageAsync()));

        Assert.All(pages, page => Assert.Equal(ids, Ids(page)));
    }

    [Fact]
    public async Task What_is_replayed_after_the_fault_is_mended_is_handled_once()
    {
        await PoisonAsync("poison", "poison too");
        var script = service.App.Services.GetRequiredService<Script>();
        script.On("poison", (_, _) => Task.CompletedTask);
        script.On("poison too", (_, _) => Task.CompletedTask);
        var first = Ids(await PageAsync())[0];

        Assert.Equal(1, await SettledAsync(HttpMethod.Post, $"{Path}/{first}/replay"));
        await CountAsync(1);
        Assert.Equal(1, await SettledAsync(HttpMethod.Post, $"{Path}/replay"));

        await CountAsync(0);
        await HandledOnceAsync("poison");
        await HandledOnceAsync("poison too");
    }

    [Fact]
    public async Task What_is_replayed_before_is_tried_anew_and_dies_again()
    {
        await PoisonAsync("poison");

        Assert.Equal(1, await SettledAsync(HttpMethod.Post, $"{Path}/replay"));

        await Eventually.TrueAsync(
            () => service.App.Services.GetRequiredService<Script>().Calls.Count == 2 * (MessagingService.RetryDelays.Length + 1), Limit, () => "not tried anew");
        await CountAsync(1);
        Assert.Equal(MessagingService.RetryDelays.Length + 1, Letters(await PageAsync())[0].GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task What_is_dropped_is_gone_and_the_others_stay_in_order()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids)
        {
            await MalformedAsync(id);
        }

        await CountAsync(ids.Length);
        Assert.Equal(1, await SettledAsync(HttpMethod.Delete, $"{Path}/{ids[1]}"));
        Assert.Equal([ids[0], ids[2], ids[3]], Ids(await PageAsync()));
        Assert.Equal(3, await SettledAsync(HttpMethod.Delete, Path));
        await CountAsync(0);
    }

    [Fact]
    public async Task What_is_no_letter_is_not_found_and_what_is_no_page_is_named()
    {
        var unknown = $"{Path}/{Guid.NewGuid()}";

        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync(unknown)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.DeleteAsync(unknown)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.PostAsync($"{unknown}/replay", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync($"{Path}/not-an-id")).StatusCode);
        foreach (var query in new[] { "limit=0", "limit=101", "limit=many", "next=x", $"next={Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.GetAsync($"{Path}?{query}")).StatusCode);
        }
    }

    [Theory]
    [InlineData("customer", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Nobody_but_an_administrator_is_let_in(string? role, HttpStatusCode answer)
    {
        await MalformedAsync(Guid.NewGuid());
        await CountAsync(1);
        service.Client.DefaultRequestHeaders.Authorization = role is null ? null : Bearer(role);

        Assert.Equal(answer, (await service.Client.GetAsync(Path)).StatusCode);
        Assert.Equal(answer, (await service.Client.DeleteAsync(Path)).StatusCode);
        Assert.Equal(answer, (await service.Client.PostAsync($"{Path}/replay", null)).StatusCode);

        service.Client.DefaultRequestHeaders.Authorization = Bearer("admin");
        await CountAsync(1);
    }

    private async Task PoisonAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            service.App.Services.GetRequiredService<Script>().On(text, (_, _) => throw new InvalidOperationException(text));
        }

        await publisher.WithDbAsync(db =>
        {
            foreach (var text in texts)
            {
                db.Publish(new LetterSent(text));
            }

            return db.SaveChangesAsync();
        });
        await CountAsync(texts.Length);
    }

    private Task MalformedAsync(Guid id) => wire.Channel.BasicPublishAsync(
        "", $"{name}.letters", mandatory: true, new BasicProperties { MessageId = id.ToString(), Type = "letters.letter-sent", Persistent = true }, "{}"u8.ToArray()).AsTask();

    private Task CountAsync(int count) => Eventually.TrueAsync(
        async () => (await PageAsync()).GetProperty("total").GetInt32() == count, Limit, () => $"there are not {count} dead letters");

    private Task HandledOnceAsync(string text) =>
        Eventually.TrueAsync(async () => await publisher.EffectsAsync(text) == 1, Limit, () => $"'{text}' was not handled once");

    private async Task<int> SettledAsync(HttpMethod method, string path)
    {
        using var answer = await service.Client.SendAsync(new(method, path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("count").GetInt32();
    }

    private async Task<List<Guid>> IdsPageByPageAsync(int limit)
    {
        var ids = new List<Guid>();
        string? next = null;
        do
        {
            var page = await PageAsync($"limit={limit}&next={next}");
            ids.AddRange(Ids(page));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        return ids;
    }

    private Task<JsonElement> PageAsync(string query = "") => service.Client.GetFromJsonAsync<JsonElement>($"{Path}?{query}");

    private AuthenticationHeaderValue Bearer(string role) => new("Bearer", tokens.Issue(roles: [role]));

    private static List<JsonElement> Letters(JsonElement page) => [.. page.GetProperty("deadLetters").EnumerateArray()];

    private static List<Guid> Ids(JsonElement page) => [.. Letters(page).Select(letter => letter.GetProperty("id").GetGuid())];
}
