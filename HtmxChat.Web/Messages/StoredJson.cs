using System.Text.Json.Serialization;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Polls;

namespace HtmxChat.Web.Messages;

/// <summary>How the parts of a message that are stored as JSON are read and written.</summary>
[JsonSerializable(typeof(Poll))]
[JsonSerializable(typeof(LinkPreview))]
sealed partial class StoredJson : JsonSerializerContext;
