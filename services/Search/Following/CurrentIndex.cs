using ShopFlow.Search.Index;

namespace ShopFlow.Search.Following;

/// <summary>The index that queries are answered from; null until the catalogue has been read once.</summary>
internal sealed class CurrentIndex
{
    private volatile SearchIndex? _index;

    public SearchIndex? Index
    {
        get => _index;
        set => _index = value;
    }
}
