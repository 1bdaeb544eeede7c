using ShopFlow.Search.Index;
using ShopFlow.Search.Text;

namespace ShopFlow.Tests.Search;

public sealed class TextTests
{
    // Examples of Porter's paper, and words of a shop.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("triplicate", "triplic")]
    [InlineData("hopeful", "hope")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("controll", "control")]
    [InlineData("headphones", "headphon")]
    [InlineData("e27", "e27")]
    public void Endings_are_taken_away(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));

    [Theory]
    [InlineData("Crêpe Pan 24 cm", "crepe pan 24 cm")]
    [InlineData("Chef’s knife", "chefs knife")]
    [InlineData("Heavyweight T-Shirt", "heavyweight t+shirt")]
    [InlineData("Kitchen Radio DAB+/FM", "kitchen radio dab fm")]
    [InlineData("Dutch Oven 5.5 L", "dutch oven 5.5 l")]
    [InlineData("750ml E27 -5 °C", "750+ml e27 5 c")]
    [InlineData("Smørrebrød & Äpfel, groß", "smorrebrod apfel gross")]
    [InlineData(" -- ' \u0301 ", "")]
    public void Texts_are_taken_apart(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.Of(text).Select(word => string.Join('+', word.Parts))));

    [Theory]
    [InlineData("kettle", "kettle", 0)]
    [InlineData("ketle", "kettle", 1)]
    [InlineData("shrit", "shirt", 1)]
    [InlineData("headfones", "headphones", 2)]
    [InlineData("lamp", "oven", 3)]
    [InlineData("", "ab", 2)]
    public void Edits_are_counted_up_to_a_bound(string from, string to, int edits) => Assert.Equal(edits, EditDistance.Between(from, to, most: 2));

    [Fact]
    public void The_nearest_and_most_frequent_word_is_what_was_meant_and_numbers_are_left_alone()
    {
        var vocabulary = new Vocabulary();
        foreach (var (word, weight) in new[] { ("boot", 3), ("book", 5), ("boots", 1), ("1234", 9) })
            vocabulary.Add(word, new Term(), weight);
        vocabulary.Sort();

        Assert.Equal(["book", "boot"], vocabulary.Near("boox", most: 2).Select(word => word.Text));
        Assert.Empty(vocabulary.Near("1235", most: 2));
        Assert.Equal(["book", "boot", "boots"], vocabulary.WithPrefix("boo", most: 9).Select(word => word.Text));
    }

    [Fact]
    public void Synonyms_work_in_both_directions_unless_an_arrow_says_otherwise()
    {
        var synonyms = new Synonyms(["# a comment", "", "sleeping pad, mat", "knives => knife"]);

        Assert.Equal("2: mat", Found(synonyms, "sleeping", "pads"));
        Assert.Equal("1: sleep pad", Found(synonyms, "mats"));
        Assert.Equal("1: knife", Found(synonyms, "knives"));
        Assert.Equal("0: ", Found(synonyms, "knife"));
    }

    [Fact]
    public void A_line_with_one_word_only_is_an_error_that_names_it() =>
        Assert.Contains("Line 2", Assert.Throws<FormatException>(() => new Synonyms(["a, b", "lonely"])).Message, StringComparison.Ordinal);

    private static string Found(Synonyms synonyms, params string[] words)
    {
        var (length, alternatives) = synonyms.Find([.. words.Select(PorterStemmer.Stem)], start: 0);
        return $"{length}: {string.Join(", ", alternatives.Select(phrase => string.Join(' ', phrase)))}";
    }
}
