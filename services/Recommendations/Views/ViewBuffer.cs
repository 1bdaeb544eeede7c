using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace ShopFlow.Recommendations.Views;

/// <summary>Views that wait to be counted. They are hints, not promises: a crash loses those that wait, and a flood those that don't fit.</summary>
internal sealed class ViewBuffer
{
    public const string MeterName = "ShopFlow.Recommendations";

    private readonly Channel<View> _views;
    private readonly Counter<long> _dropped;

    public ViewBuffer(RecommendationsOptions options, IMeterFactory meters)
    {
        _views = Channel.CreateBounded<View>(new BoundedChannelOptions(options.MostViewsWaiting) { SingleReader = true });
        _dropped = meters.Create(MeterName).CreateCounter<long>(
            "shopflow.recommendations.views.dropped", "{view}", "Views that were not counted because too many were waiting.");
    }

    public void Add(View view)
    {
        if (!_views.Writer.TryWrite(view))
            _dropped.Add(1);
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _views.Reader.WaitToReadAsync(cancellationToken);

    public List<View> Take(int limit)
    {
        var views = new List<View>();
        while (views.Count < limit && _views.Reader.TryRead(out var view))
            views.Add(view);
        return views;
    }
}
