using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Recommendations;

public sealed class CategoriesTests : IDisposable
{
    private readonly FakeCatalogue _catalogue = new();
    private readonly ManualTime _time = new();
    private readonly Levels _log = new();
    private readonly ServiceProvider _services;
    private readonly Categories _categories;

    public CategoriesTests()
    {
        _services = new ServiceCollection()
            .AddTransient(_ => new CatalogueClient(new(_catalogue, disposeHandler: false) { BaseAddress = new("http://catalog") }))
            .BuildServiceProvider();
        _categories = new(_services.GetRequiredService<IServiceScopeFactory>(), _time, _log);
    }

    public void Dispose()
    {
        _services.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Without_the_catalogue_the_last_tree_stands_and_that_is_told_once()
    {
        var before = await BranchesAsync();
        _catalogue.IsDown = true;

        for (var minute = 0; minute < 5; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(before, await BranchesAsync());
        }

        Assert.Equal([LogLevel.Warning], _log);

        _catalogue.IsDown = false;
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(before, await BranchesAsync());
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log);
    }

    [Fact]
    public async Task Nothing_is_made_up_before_the_catalogue_was_there()
    {
        _catalogue.IsDown = true;

        await Assert.ThrowsAsync<HttpRequestException>(BranchesAsync);
    }

    private Task<IReadOnlyList<string[]>> BranchesAsync() => _categories.BranchesAsync("kettles", CancellationToken.None);

    private sealed class Levels : List<LogLevel>, ILogger<Categories>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(logLevel);
    }
}
