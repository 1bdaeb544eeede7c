namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>What Prometheus answers to the questions of an analysis, by promtool.</summary>
public sealed class AnalysisQueryTests
{
    [Theory]
    // Ten minutes at a request a second, of which 3 in a hundred fail, and the old version fails always: that is none of its business.
    [InlineData("errors", 0.03, "istio_requests_total{reporter='destination',namespace='shopflow',pod='orders-abc-1',response_code='200'} 0+97x40", "istio_requests_total{reporter='destination',namespace='shopflow',pod='orders-abc-1',response_code='503'} 0+3x40", "istio_requests_total{reporter='destination',namespace='shopflow',pod='orders-old-1',response_code='503'} 0+100x40")]
    [InlineData("errors", 0.0, "istio_requests_total{reporter='destination',namespace='shopflow',pod='orders-abc-1',response_code='200'} 0+97x40")]
    [InlineData("errors", double.NaN, "istio_requests_total{reporter='destination',namespace='shopflow',pod='orders-abc-1',response_code='200'} 7x40")]
    [InlineData("seen", 2.0, "dotnet_process_memory_working_set_bytes{namespace='shopflow',pod='orders-abc-1'} 9x40", "dotnet_process_memory_working_set_bytes{namespace='shopflow',pod='orders-abc-2'} 9x40", "dotnet_process_memory_working_set_bytes{namespace='shopflow',pod='orders-old-2'} 9x40")]
    // All within half a second, which the quantile divides evenly; who follows an order for an hour is not slow.
    [InlineData("p99", 0.495, "http_server_request_duration_seconds_bucket{namespace='shopflow',pod='orders-abc-1',http_route='/orders',le='0.5'} 0+100x40", "http_server_request_duration_seconds_bucket{namespace='shopflow',pod='orders-abc-1',http_route='/orders',le='+Inf'} 0+100x40", "http_server_request_duration_seconds_bucket{namespace='shopflow',pod='orders-abc-1',http_route='/orders/{id:guid}/events',le='0.5'} 0x40", "http_server_request_duration_seconds_bucket{namespace='shopflow',pod='orders-abc-1',http_route='/orders/{id:guid}/events',le='+Inf'} 0+100x40")]
    public async Task A_new_version_is_judged_by_its_own_pods(string metric, double value, params string[] series)
    {
        var template = (await Overlays.BuildAsync("staging")).Single(it => $"{it}" == "AnalysisTemplate/new-version");
        var query = $"{template.Spec["metrics"]!.AsArray().Single(it => $"{it!["name"]}" == metric)!["provider"]!["prometheus"]!["query"]}"
            .Replace("{{args.service}}", "orders").Replace("{{args.hash}}", "abc");

        // What is not a number is not even itself.
        if (double.IsNaN(value))
            await Promtool.AssertAsync($"count(({query}) != ({query}))", 1, series);
        else
            await Promtool.AssertAsync(query, value, series);
    }
}
