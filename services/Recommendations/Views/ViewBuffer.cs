using System.Diagnostics.Metrics;

namespace ShopFlow.Recommendations.Views;

/// <summary>
/// Views that wait to be counted. A product counts once in a visit, so it waits once, however often it is looked at. Views are hints, not
/// promises: a crash loses those that wait, and a flood those that don't fit.
/// </summary>
internal sealed class ViewBuffer
{
    public const string MeterName = "ShopFlow.Recommendations";

    private readonly Lock _gate = new();
    private readonly int _most;
    private readonly Counter<long> _dropped;
    private HashSet<View> _views = [];

    public ViewBuffer(RecommendationsOptions options, IMeterFactory meters)
    {
        _most = options.MostViewsWaiting;
        _dropped = meters.Create(MeterName).CreateCounter<long>(
            "shopflow.recommendations.views.dropped", "{view}", "Views that were not counted: too many were waiting, or they could not be stored.");
    }

    public void Add(View view)
    {
        lock (_gate)
        {
            if (_views.Contains(view) || (_views.Count < _most && _views.Add(view)))
                return;
        }

        Drop(1);
    }

    /// <summary>All that wait.</summary>
    public IReadOnlyCollection<View> Take()
    {
        lock (_gate)
        {
            var views = _views;
            _views = [];
            return views;
        }
    }

    /// <summary>Tells of views that will not be counted.</summary>
    public void Drop(int views) => _dropped.Add(views);
}
