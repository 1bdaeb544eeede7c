using ShopFlow.Export.Helm;

namespace ShopFlow.Export.Tests.Helm;

/// <summary>How objects become templates.</summary>
public sealed class TemplateTests
{
    private static readonly Switch s_tls = new("tls", "true", [new("true", ".Values.tls", "not .Values.tls"), new("false", "not .Values.tls", ".Values.tls")]);

    private static readonly Switch s_run = new("run", "a", [new("a", "eq .Values.run \"a\"", "ne .Values.run \"a\""), new("b", "eq .Values.run \"b\"", "ne .Values.run \"b\"")]);

    [Fact]
    public void A_placeholder_becomes_an_expression_and_braces_of_the_objects_own_stay()
    {
        var values = new Placeholders(Point.Usual);
        var (registry, replicas) = (values.Text("registry", "r"), values.Number("replicas", 2, 1, 9));

        Assert.Equal(["image: {{ printf \"%v/shop\" .Values.registry | quote }}"], values.Template($"image: \"{registry}/shop\"\n"));
        Assert.Equal(["registry: {{ .Values.registry | quote }}"], values.Template($"registry: \"{registry}\"\n"));
        Assert.Equal(["replicas: {{ int .Values.replicas }}"], values.Template($"replicas: {replicas}\n"));
        Assert.Equal(["text: \"{{ \"{{\" }} .other }}\""], values.Template("text: \"{{ .other }}\"\n"));
    }

    [Fact]
    public void What_is_calculated_from_a_placeholder_is_refused()
    {
        var values = new Placeholders(Point.Usual);
        var (host, least, most) = (values.Text("host", "h"), values.Number("min", 2, 1, 9), values.Number("max", 2, 1, 9));

        Assert.Throws<InvalidOperationException>(() => values.Template($"replicas: {least - 1}\n"));
        Assert.Throws<InvalidOperationException>(() => values.Template($"replicas: {least + most}\n"));
        Assert.Throws<InvalidOperationException>(() => values.Template($"replicas: \"{least} to {most}\"\n"));
        Assert.Throws<InvalidOperationException>(() => values.Template($"host: {Uri.EscapeDataString(host)}\n"));
    }

    [Fact]
    public void Lines_stand_under_every_switch_that_changes_them() => Assert.Equal(
        """
        one
        {{- if .Values.tls }}
        two
        {{- if eq .Values.run "b" }}
        other
        {{- else }}
        three
        {{- end }}
        {{- end }}
        four

        """,
        Merge(["one", "two", "three", "four"], (s_tls, "false", ["one", "four"]), (s_run, "b", ["one", "two", "other", "four"])));

    [Fact]
    public void A_line_in_whose_place_two_switches_put_another_is_refused()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Merge(["one", "two"], (s_tls, "false", ["one", "2"]), (s_run, "b", ["one", "zwei"])));
        Assert.Equal("tls and run change the same line: zwei", thrown.Message);
    }

    private static string Merge(string[] usual, params (Switch Switch, string Choice, string[] Lines)[] variants) => ConditionalText.Write(new LineMerge(
        usual, variants.Select(it => new Variant(it.Switch, new Dictionary<string, string[]> { [it.Switch.Usual] = usual, [it.Choice] = it.Lines }))).Lines);
}
