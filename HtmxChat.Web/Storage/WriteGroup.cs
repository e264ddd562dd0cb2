namespace HtmxChat.Web.Storage;

/// <summary>What is written together goes on together, in one work item and not in one for each.</summary>
sealed class WriteGroup : List<Write>, IThreadPoolWorkItem
{
    /// <summary>Each room's work stays in the order in which it was asked for.</summary>
    public void OrderByRoom()
    {
        if (Count < 2) return;

        Write[] ordered = [.. this.OrderBy(w => w.Room.Value)];
        Clear();
        AddRange(ordered);
    }

    /// <summary>Takes some of it out.</summary>
    public WriteGroup Take(Predicate<Write> which)
    {
        var taken = new WriteGroup();
        taken.AddRange(FindAll(which));
        RemoveAll(which);
        return taken;
    }

    public void Execute()
    {
        foreach (var write in this) write.Settle();
    }
}
