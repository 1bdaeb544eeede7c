using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Search;

public sealed class SuggestionTests(SearchUnderTest search) : IClassFixture<SearchUnderTest>
{
    [Fact]
    public async Task A_word_is_completed_and_what_it_would_find_is_proposed()
    {
        var suggestions = await SuggestAsync("ket");

        Assert.Contains(suggestions, suggestion => suggestion is ("Query", "kettle"));
        Assert.Contains(suggestions, suggestion => suggestion is ("Brand", "Kettleby"));
        Assert.Contains(suggestions, suggestion => suggestion is ("Product", "Gooseneck Kettle 0.9 L"));
    }

    [Fact]
    public async Task Categories_are_proposed_with_their_slug()
    {
        var answer = await search.Client.GetFromJsonAsync<JsonElement>("/search/suggestions?q=light");

        var category = answer.GetProperty("suggestions").EnumerateArray().Single(suggestion => suggestion.GetProperty("kind").GetString() == "Category");
        Assert.Equal(("Lighting", "lighting"), (category.GetProperty("text").GetString(), category.GetProperty("category").GetString()));
    }

    [Fact]
    public async Task Words_before_the_last_are_kept()
    {
        var suggestions = await SuggestAsync("hiking bo");

        Assert.Contains(suggestions, suggestion => suggestion is ("Query", "hiking boot"));
        Assert.Contains(suggestions, suggestion => suggestion is ("Product", "Mid Hiking Boot"));
    }

    [Theory]
    [InlineData("gooseneck ketle")]
    [InlineData("GOOSENECK  KETTLE")]
    [InlineData("g")]
    public async Task Every_keystroke_finds_it(string text) =>
        Assert.Contains(await SuggestAsync(text, limit: 20), suggestion => suggestion is ("Product", "Gooseneck Kettle 0.9 L"));

    [Fact]
    public async Task Nothing_typed_gives_nothing_and_no_more_come_than_asked_for()
    {
        Assert.Empty(await SuggestAsync(""));
        Assert.Empty(await SuggestAsync(" - "));
        Assert.Equal(2, (await SuggestAsync("s", limit: 2)).Count);
    }

    [Theory]
    [InlineData("q=a&limit=0", "limit")]
    [InlineData("q=a&limit=21", "limit")]
    [InlineData("q=a&limit=x", "limit")]
    [InlineData("q=%01", "q")]
    public async Task Bad_input_is_refused_with_the_field(string query, string field) =>
        Assert.Equal([field], await (await search.Client.GetAsync($"/search/suggestions?{query}")).WrongFieldsAsync());

    private async Task<List<(string? Kind, string? Text)>> SuggestAsync(string text, int limit = 10) =>
        [.. (await search.Client.GetFromJsonAsync<JsonElement>($"/search/suggestions?q={Uri.EscapeDataString(text)}&limit={limit}"))
            .GetProperty("suggestions").EnumerateArray()
            .Select(suggestion => (suggestion.GetProperty("kind").GetString(), suggestion.GetProperty("text").GetString()))];
}
