using System.Collections;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A list whose readers see one consistent copy, because callbacks add annotations while others are being walked.</summary>
internal sealed class CopyOnWriteList<T> : IList<T>
{
    private readonly Lock _writing = new();
    private List<T> _items = [];

    public int Count => _items.Count;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => _items[index];
        set => Change(items => items[index] = value);
    }

    public void Add(T item) => Change(items => items.Add(item));

    public void Insert(int index, T item) => Change(items => items.Insert(index, item));

    public void RemoveAt(int index) => Change(items => items.RemoveAt(index));

    public void Clear() => Change(items => items.Clear());

    public bool Remove(T item)
    {
        var removed = false;
        Change(items => removed = items.Remove(item));
        return removed;
    }

    public bool Contains(T item) => _items.Contains(item);

    public int IndexOf(T item) => _items.IndexOf(item);

    public void CopyTo(T[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Change(Action<List<T>> change)
    {
        lock (_writing)
        {
            List<T> copy = [.. _items];
            change(copy);
            _items = copy;
        }
    }
}
