using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HtmxChat.Web.Storage;

/// <summary>
/// Keeps the Data Protection keys in the database. The framework's own repository does the same through EF Core, and
/// loading that for one query made a third of the start.
/// </summary>
/// <remarks>The interface is synchronous, and it is asked once at the start and once in 90 days.</remarks>
public sealed class StoredKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var session = Open();
        return session.All("select xml from data_protection_keys", row => XElement.Parse(row.GetString(0)));
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var session = Open();
        session.Execute("insert into data_protection_keys (name, xml) values (@name, @xml)", ("@name", friendlyName), ("@xml", element.ToString(SaveOptions.DisableFormatting)));
    }

    SqlSession Open() => new(database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult());
}
