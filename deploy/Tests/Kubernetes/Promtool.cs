using System.Globalization;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>Answers PromQL as Prometheus would.</summary>
internal static class Promtool
{
    /// <summary>Asks after ten minutes of series that have a sample every 15 s. Skips the test where there is no promtool.</summary>
    /// <param name="query">Answered with one number.</param>
    /// <param name="value">The number.</param>
    /// <param name="series">As <c>requests{pod='a'} 0+10x40</c>: ten more each time.</param>
    public static async Task AssertAsync(string query, double value, IEnumerable<string> series)
    {
        var promtool = Tool.Find("promtool");
        Assert.SkipWhen(promtool is null, "promtool is not installed; it comes with Prometheus.");

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""
                tests:
                  - interval: 15s
                    input_series:
                {{string.Join('\n', series.Select(it => it.Split("} ")).Select(it => $"      - {{series: {Quoted(it[0] + "}")}, values: '{it[1]}'}}"))}}
                    promql_expr_test:
                      - expr: {{Quoted($"round({query}, 0.0001)")}}
                        eval_time: 10m
                        exp_samples: [{labels: '{}', value: {{value.ToString(CultureInfo.InvariantCulture)}}}]
                """);
            var (exitCode, output, errors) = await Tool.RunAsync(promtool, "test", "rules", file);
            Assert.True(exitCode == 0, output + errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''")}'";
}
