"""Feeds as platforms write them, of people who do not exist."""

YOUTUBE = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa"/>
 <id>yt:channel:aaaaaaaaaaaaaaaaaaaaaa</id><yt:channelId>aaaaaaaaaaaaaaaaaaaaaa</yt:channelId>
 <title>Lina prints</title><link rel="alternate" href="https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa"/>
 <author><name>Lina prints</name><uri>https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa</uri></author>
 <published>2019-04-04T12:38:47+00:00</published>
 <entry>
  <id>yt:video:AAAAAAAAAA1</id><yt:videoId>AAAAAAAAAA1</yt:videoId><yt:channelId>UCaaaaaaaaaaaaaaaaaaaaaa</yt:channelId>
  <title>Two colours &amp; one drum</title><link rel="alternate" href="https://www.youtube.com/watch?v=AAAAAAAAAA1"/>
  <author><name>Lina prints</name><uri>https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa</uri></author>
  <published>2026-05-01T10:00:00+00:00</published><updated>2026-05-02T10:00:00+00:00</updated>
  <media:group><media:title>Two colours &amp; one drum</media:title>
   <media:content url="https://www.youtube.com/v/AAAAAAAAAA1?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i2.ytimg.com/vi/AAAAAAAAAA1/hqdefault.jpg" width="480" height="360"/>
   <media:description>How a riso prints.

Paper: 120 g</media:description>
   <media:community><media:statistics views="61"/></media:community></media:group>
 </entry>
 <entry>
  <id>yt:video:AAAAAAAAAA2</id><yt:videoId>AAAAAAAAAA2</yt:videoId>
  <title>Ink in 20 seconds</title><link rel="alternate" href="https://www.youtube.com/shorts/AAAAAAAAAA2"/>
  <author><name>Lina prints</name></author><published>2026-05-03T10:00:00+00:00</published>
  <media:group><media:thumbnail url="https://i4.ytimg.com/vi/AAAAAAAAAA2/hqdefault.jpg" width="480" height="360"/></media:group>
 </entry>
</feed>"""

MASTODON = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Lina</title><description>Public posts from @lina@social.example</description><link>https://social.example/@lina</link>
<image><url>https://files.social.example/avatars/lina.jpg</url><title>Lina</title><link>https://social.example/@lina</link></image>
<generator>Mastodon v4.3.1</generator>
<item><guid isPermaLink="true">https://social.example/@lina/111111111111111111</guid><link>https://social.example/@lina/111111111111111111</link>
<pubDate>Wed, 14 May 2026 21:28:41 +0000</pubDate>
<description>&lt;p&gt;New prints &lt;a href="https://lina.example/x" class="mention"&gt;&lt;span class="invisible"&gt;https://&lt;/span&gt;&lt;span&gt;lina.example/x&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;</description>
<media:content url="https://files.social.example/1.png" type="image/png" fileSize="41" medium="image"><media:rating scheme="urn:simple">nonadult</media:rating><media:description type="plain">A poster in two colours</media:description></media:content>
<media:content url="https://files.social.example/2.mp4" type="video/mp4" medium="image"><media:rating scheme="urn:simple">nonadult</media:rating><media:description type="plain">The second</media:description></media:content>
</item>
<item><guid isPermaLink="true">https://social.example/@lina/111111111111111112</guid><link>https://social.example/@lina/111111111111111112</link>
<pubDate>Thu, 15 May 2026 21:28:41 +0000</pubDate>
<description>&lt;p&gt;&lt;strong&gt;Content warning:&lt;/strong&gt; spiders &amp;amp; webs&lt;/p&gt;&lt;hr /&gt;&lt;p&gt;Look at its eight legs&lt;/p&gt;</description>
<media:content url="https://files.social.example/3.png" type="image/png" medium="image"><media:rating scheme="urn:simple">adult</media:rating></media:content>
</item>
<item><guid isPermaLink="true">https://social.example/@lina/111111111111111113</guid><link>https://social.example/@lina/111111111111111113</link>
<pubDate>Fri, 16 May 2026 21:28:41 +0000</pubDate><description>&lt;p&gt;Life drawing today&lt;/p&gt;</description>
<media:content url="https://files.social.example/4.png" type="image/png" medium="image"><media:rating scheme="urn:simple">adult</media:rating></media:content>
</item></channel></rss>"""

PIXELFED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<id>https://pixelfed.social/users/lina.atom</id><title>lina on Pixelfed</title><subtitle>Riso</subtitle>
<updated>2026-05-06T10:00:00+00:00</updated><author><name>lina</name><uri>https://pixelfed.social/lina</uri></author>
<link rel="alternate" type="text/html" href="https://pixelfed.social/lina"/>
<entry><id>https://pixelfed.social/p/lina/700000000000000001</id><title>Drying rack</title><updated>2026-05-06T10:00:00+00:00</updated>
<author><name>lina</name><uri>https://pixelfed.social/lina</uri></author>
<content type="html">&lt;img id="rss_item_x" src="https://cdn.pixelfed.social/m/1.jpg" alt="Prints on a rack"&gt;&lt;p&gt;Drying rack&lt;/p&gt;</content>
<link rel="alternate" href="https://pixelfed.social/p/lina/700000000000000001"/>
<summary type="html">Drying rack</summary><media:content url="https://cdn.pixelfed.social/m/1.jpg" type="image/jpeg" medium="image"/>
</entry></feed>"""

PEERTUBE = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Lina's films</title><link>https://tube.example/c/lina/videos</link><description>Films</description>
<item><title><![CDATA[How to load paper]]></title><link>https://tube.example/w/aaaaaaaaaaaaaaaaaaaaaa</link><guid>https://tube.example/w/aaaaaaaaaaaaaaaaaaaaaa</guid>
<pubDate>Sat, 02 May 2026 09:00:00 GMT</pubDate><description><![CDATA[A short lesson]]></description><content:encoded><![CDATA[<p>A short lesson</p>]]></content:encoded><dc:creator>lina</dc:creator>
<enclosure type="application/x-bittorrent" url="https://tube.example/lazy-static/torrents/1.torrent" length="10"/>
<media:group><media:content url="https://tube.example/1.mp4" fileSize="90" type="video/mp4" framerate="25" duration="95" height="1080" lang="en"></media:content></media:group>
<media:embed url="https://tube.example/videos/embed/x"/><media:player url="/w/aaaaaaaaaaaaaaaaaaaaaa"/>
<media:thumbnail url="https://tube.example/lazy-static/previews/1.jpg" height="480" width="850"/><media:title type="plain">How to load paper</media:title>
<media:description type="plain">A short lesson in paper</media:description><media:rating>nonadult</media:rating></item></channel></rss>"""

PODCAST = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Ink talk</title><link>https://inktalk.example/</link><description>Two printers talk.</description><itunes:author>Lina and Ada</itunes:author>
<itunes:owner><itunes:name>Lina</itunes:name><itunes:email>lina@inktalk.example</itunes:email></itunes:owner>
<itunes:image href="https://inktalk.example/show.jpg"/><itunes:subtitle/><itunes:summary>Two printers talk.</itunes:summary>
<item><title>3: Paper</title><link>https://inktalk.example/3</link><guid isPermaLink="false">3</guid><pubDate>Mon, 04 May 2026 06:00:00 +0200</pubDate>
<description>About paper.</description><content:encoded><![CDATA[<p>About <b>paper</b>.</p>]]></content:encoded><itunes:duration>1:02:03</itunes:duration>
<itunes:image href="https://inktalk.example/3.jpg"/><enclosure url="https://op3.example/e,pg=1/https://cdn.inktalk.example/3.mp3?source=feed" type="audio/mpeg" length="9000"/></item>
<item><title>2: Ink</title><guid isPermaLink="false">2</guid><pubDate>Mon, 27 Apr 2026 06:00:00 +0200</pubDate><description>About ink.</description>
<itunes:duration>3723</itunes:duration><itunes:image url="http://inktalk.example/2.jpg"/><enclosure url="https://cdn.inktalk.example/2.m4a" type="" length="9000"/></item>
<item><title>1: Hello</title><guid isPermaLink="false">1</guid><pubDate>Mon, 20 Apr 2026 06:00:00 +0200</pubDate><description>Hello.</description>
<itunes:duration>62:03</itunes:duration><enclosure url="javascript:alert(1)" type="audio/mpeg" length="1"/></item>
</channel></rss>"""

SOUNDCLOUD = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>
<title>lina beats</title><link>https://soundcloud.com/linabeats</link><description>loops</description><itunes:image href="https://i1.sndcdn.com/avatars-x-original.jpg"/>
<item><guid isPermaLink="false">tag:soundcloud,2010:tracks/1</guid><title>Drum one</title><pubDate>Fri, 01 May 2026 00:00:00 +0000</pubDate>
<link>https://soundcloud.com/linabeats/drum-one</link><itunes:duration>00:03:20</itunes:duration><itunes:author>lina beats</itunes:author>
<itunes:summary>made with paper</itunes:summary><description>made with paper</description>
<enclosure type="audio/mpeg" url="https://feeds.soundcloud.com/stream/1-drum-one.mp3" length="1"/><itunes:image href="https://i1.sndcdn.com/artworks-x-t3000x3000.jpg"/></item></channel></rss>"""

VIMEO = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Vimeo / Lina's videos</title><link>https://vimeo.com/lina/videos</link>
<item><title>A room of drums</title><pubDate>Tue, 05 May 2026 12:00:00 -0400</pubDate><link>https://vimeo.com/900000001</link>
<description>&lt;p&gt;&lt;a href="https://vimeo.com/900000001"&gt;&lt;img src="https://i.vimeocdn.com/video/1_200x150.jpg" width="200" alt=""/&gt;&lt;/a&gt;&lt;/p&gt;&lt;p class="first"&gt;A walk&lt;/p&gt;</description>
<dc:creator>Lina</dc:creator><guid isPermaLink="false">tag:vimeo,2026:clip900000001</guid>
<enclosure url="https://vimeo.com/moogaloop.swf?clip_id=900000001" type="application/x-shockwave-flash"/>
<media:content><media:player url="https://player.vimeo.com/video/900000001"/><media:credit role="author">Lina</media:credit><media:thumbnail width="1280" height="720" url="https://i.vimeocdn.com/video/1_1280x720.jpg"/><media:title>A room of drums</media:title></media:content></item></channel></rss>"""

SUBSTACK = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>
<title><![CDATA[Paper letters]]></title><description><![CDATA[On printing]]></description><link>https://paperletters.substack.com</link><image><url>https://substackcdn.com/logo.png</url><title>Paper letters</title><link>https://paperletters.substack.com</link></image>
<webMaster><![CDATA[paperletters@substack.com]]></webMaster>
<item><title><![CDATA[On <em>grey</em>]]></title><description><![CDATA[Why grey is a colour]]></description><link>https://paperletters.substack.com/p/on-grey?utm_source=rss&amp;utm_medium=feed&amp;x=1</link>
<guid isPermaLink="false">https://paperletters.substack.com/p/on-grey</guid><dc:creator><![CDATA[Lina]]></dc:creator><pubDate>Thu, 07 May 2026 08:00:00 GMT</pubDate>
<enclosure url="https://substackcdn.com/image/fetch/f_auto/1.jpeg" length="0" type="image/jpeg"/><content:encoded><![CDATA[<p>Grey is … </p>]]></content:encoded></item></channel></rss>"""

MEDIUM = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>
<title><![CDATA[Stories by Lina on Medium]]></title><link>https://medium.com/@lina?source=rss-1------2</link>
<item><title><![CDATA[Grain]]></title><link>https://medium.com/@lina/grain-aaaaaaaaaaaa?source=rss-1------2</link><guid isPermaLink="false">https://medium.com/p/aaaaaaaaaaaa</guid><dc:creator><![CDATA[Lina]]></dc:creator>
<pubDate>Fri, 08 May 2026 08:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Halftones first.</p><img src="https://medium.com/_/stat?event=post.clientViewed&referrerSource=full_rss&postId=aaaaaaaaaaaa" width="1" height="1" alt="">]]></content:encoded></item>
<item><title><![CDATA[Screens]]></title><link>https://medium.com/@lina/screens-bbbbbbbbbbbb?source=rss-1------2</link><guid isPermaLink="false">https://medium.com/p/bbbbbbbbbbbb</guid>
<pubDate>Thu, 07 May 2026 08:00:00 GMT</pubDate><description><![CDATA[<div class="medium-feed-item"><p class="medium-feed-image"><a href="https://medium.com/@lina/x"><img src="https://cdn-images-1.medium.com/max/2600/1*a.jpeg" width="5184"></a></p><p class="medium-feed-snippet">Fine mesh.</p><p class="medium-feed-link"><a href="https://medium.com/@lina/x">Continue reading on Medium »</a></p></div>]]></description></item></channel></rss>"""

WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Lina&#8217;s shop notes</title><link>https://notes.lina.example</link><description>Just another site</description>
<item><title>Tips &amp; tricks &#8211; part 1</title><link>https://notes.lina.example/tips/</link><dc:creator><![CDATA[Lina]]></dc:creator><pubDate>Sat, 09 May 2026 08:00:00 +0000</pubDate>
<guid isPermaLink="false">https://notes.lina.example/?p=1</guid><description><![CDATA[<p>Keep your drums warm. <a href="https://notes.lina.example/tips/">Continue reading</a></p>
<p>The post <a href="https://notes.lina.example/tips/">Tips &amp; tricks</a> appeared first on <a href="https://notes.lina.example">Lina&#8217;s shop notes</a>.</p>]]></description>
<content:encoded><![CDATA[<p><img class="wp-smiley emoji" src="https://s.w.org/images/core/emoji/1.svg"><img src="/wp-content/drum.jpg" alt="A drum" width="800"></p>]]></content:encoded>
<media:content url="https://1.gravatar.com/avatar/aa?s=96" medium="image"><media:title type="html">lina</media:title></media:content></item></channel></rss>"""

GHOST = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title><![CDATA[Studio]]></title><link>https://studio.example/</link><generator>Ghost 5.9</generator>
<item><title><![CDATA[Moving out]]></title><description><![CDATA[We leave.]]></description><link>https://studio.example/moving/</link><guid isPermaLink="false">64f</guid><dc:creator><![CDATA[Ada]]></dc:creator><pubDate>Sun, 10 May 2026 08:00:00 GMT</pubDate>
<media:content url="https://studio.example/content/images/1.jpg" medium="image"/><content:encoded><![CDATA[<img src="https://studio.example/content/images/1.jpg" alt="Moving out">]]></content:encoded></item></channel></rss>"""

BLOGGER = """<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="https://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><id>tag:blogger.com,1999:blog-1</id><title type='text'>Old blog</title><link rel='alternate' type='text/html' href='https://old.blogspot.com/'/>
<author><name>Lina</name><email>noreply@blogger.com</email></author>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2026-05-11T08:00:00.001-07:00</published><updated>2026-05-12T08:00:00.001-07:00</updated><title type='text'></title><content type='html'>&lt;p&gt;No title here, only words that go on and on and on until somebody cuts them off at some point of the line&lt;/p&gt;</content>
<link rel='replies' type='application/atom+xml' href='https://old.blogspot.com/feeds/1/comments/default'/><link rel='alternate' type='text/html' href='https://old.blogspot.com/2026/05/x.html'/><author><name>Lina</name></author>
<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://blogger.googleusercontent.com/img/a/s72-c/x.jpg" height="72" width="72"/></entry></feed>"""

SQUARESPACE = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://www.rssboard.org/media-rss" version="2.0"><channel><title>Journal</title><link>https://lina.squarespace.example/journal/</link>
<item><title>Spring</title><dc:creator>Lina</dc:creator><pubDate>Tue, 12 May 2026 08:00:00 +0000</pubDate><link>https://lina.squarespace.example/journal/spring</link><guid isPermaLink="false">a:b:c</guid>
<description><![CDATA[<figure><img data-image="x" src="https://images.squarespace-cdn.example/1.jpg?format=1000w" /></figure><p>Tulips.</p>]]></description><media:content type="image/jpeg" url="https://images.squarespace-cdn.example/1.jpg?format=1500w" width="1500" medium="image" isDefault="true"><media:title type="plain">Spring</media:title></media:content></item></channel></rss>"""

GITHUB = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US"><id>tag:github.com,2008:https://github.com/lina/drum/releases</id>
<link type="text/html" rel="alternate" href="https://github.com/lina/drum/releases"/><title>Release notes from drum</title><updated>2026-05-13T08:00:00Z</updated>
<entry><id>tag:github.com,2008:Repository/1/v2.0</id><updated>2026-05-13T08:00:00Z</updated><link rel="alternate" type="text/html" href="/lina/drum/releases/tag/v2.0"/><title>v2.0</title><content type="html">&lt;h2&gt;New&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;faster&lt;/li&gt;&lt;/ul&gt;</content><author><name>lina</name></author><media:thumbnail height="30" width="30" url="https://avatars.githubusercontent.com/u/1?s=60&amp;v=4"/></entry></feed>"""

REDDIT = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><id>/r/risograph/new/.rss</id><link rel="self" href="https://www.reddit.com/r/risograph/new/.rss" type="application/atom+xml"/><link rel="alternate" href="https://www.reddit.com/r/risograph/new/" type="text/html"/><title>newest submissions : risograph</title>
<entry><author><name>/u/lina</name><uri>https://www.reddit.com/user/lina</uri></author><content type="html">&lt;table&gt; &lt;tr&gt;&lt;td&gt; &lt;a href=&quot;https://www.reddit.com/r/risograph/comments/1aaaaaa/first/&quot;&gt; &lt;img src=&quot;https://preview.redd.it/1.jpg?width=640&amp;amp;s=ab&quot; alt=&quot;First&quot; /&gt; &lt;/a&gt; &lt;/td&gt;&lt;td&gt; &amp;#32; submitted by &amp;#32; &lt;a href=&quot;https://www.reddit.com/user/lina&quot;&gt; /u/lina &lt;/a&gt; &lt;br/&gt; &lt;span&gt;&lt;a href=&quot;https://i.redd.it/1.jpg&quot;&gt;[link]&lt;/a&gt;&lt;/span&gt; &amp;#32; &lt;span&gt;&lt;a href=&quot;https://www.reddit.com/r/risograph/comments/1aaaaaa/first/&quot;&gt;[comments]&lt;/a&gt;&lt;/span&gt; &lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content>
<id>t3_1aaaaaa</id><media:thumbnail url="https://preview.redd.it/1.jpg?width=640&amp;s=ab"/><link href="https://www.reddit.com/r/risograph/comments/1aaaaaa/first/"/><updated>2026-05-14T08:00:00+00:00</updated><published>2026-05-14T08:00:00+00:00</published><title>First print</title></entry></feed>"""

FLICKR = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:flickr="urn:flickr:user" xmlns:media="http://search.yahoo.com/mrss/"><title>Uploads from lina</title><link rel="alternate" type="text/html" href="https://www.flickr.com/photos/lina/"/><id>tag:flickr.com,2005:/photos/public/1</id>
<entry><title>Rollers</title><link rel="alternate" type="text/html" href="https://www.flickr.com/photos/lina/50000000001/"/><id>tag:flickr.com,2005:/photo/50000000001</id><published>2026-05-15T08:00:00Z</published><updated>2026-05-15T08:00:00Z</updated>
<content type="html">&lt;p&gt;&lt;a href="https://www.flickr.com/people/lina/"&gt;lina&lt;/a&gt; posted a photo:&lt;/p&gt; &lt;p&gt;&lt;img src="https://live.staticflickr.com/1/1_m.jpg" width="240" height="160" alt="Rollers" /&gt;&lt;/p&gt;</content><author><name>lina</name><uri>https://www.flickr.com/people/lina/</uri></author>
<link rel="license" type="text/html" href="https://creativecommons.org/licenses/by/2.0/deed.en"/><link rel="enclosure" type="image/jpeg" href="https://live.staticflickr.com/1/1_b.jpg"/></entry></feed>"""

TUMBLR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><description></description><title>ink diary</title><generator>Tumblr (3.0; @inkdiary)</generator><link>https://inkdiary.tumblr.com/</link>
<item><title>Photo</title><description>&lt;img src="https://64.media.tumblr.com/1/s640x960/1.jpg"/&gt;&lt;br/&gt;&lt;br/&gt;&lt;p&gt;Blue day&lt;/p&gt;</description><link>https://inkdiary.tumblr.com/post/700000000000000001</link><guid>https://inkdiary.tumblr.com/post/700000000000000001</guid><pubDate>Sat, 16 May 2026 08:00:00 -0400</pubDate><category>ink</category></item></channel></rss>"""

BLUESKY = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><description>prints</description><link>https://bsky.app/profile/lina.example</link><title>@lina.example - Lina</title>
<item><title>@lina.example post</title><link>https://bsky.app/profile/lina.example/post/3kaaaaaaaaaa2</link><description>Fresh ink &amp; paper
second line</description><pubDate>2026-05-17T10:20:30.000Z</pubDate><guid isPermaLink="false">at://did:plc:aaa/app.bsky.feed.post/3kaaaaaaaaaa2</guid></item></channel></rss>"""

RDF = """<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://rdf.example/"><title>Café news</title><link>https://rdf.example/</link><description>News</description><items><rdf:Seq><rdf:li rdf:resource="https://rdf.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://rdf.example/1"><title>Crème</title><link>https://rdf.example/1</link><description>Très bon</description><dc:creator>Zoë</dc:creator><dc:date>2026-05-18T10:00:00+02:00</dc:date></item></rdf:RDF>"""

XHTML = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ink <b>log</b></div></title><link href="https://xhtml.example/"/>
<entry><id>urn:1</id><link href="one"/><title type="html">A &amp;lt;b&amp;gt; tag &lt;i&gt;and&lt;/i&gt; text</title><updated>2026-05-19T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Salt &amp; pepper</p><p><img src="pic.jpg" alt="A pic"/></p><script>alert(1)</script></div></content></entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Lina <b>notes</b>", "home_page_url": "https://json.example/", "icon": "https://json.example/icon.png",
"authors": [{"name": "Lina"}], "items": [
{"id": "https://json.example/1", "url": "https://json.example/1", "content_html": "<p>Only words &amp; a picture</p><img src='/p.jpg' alt='P'>", "date_published": "2026-05-01T10:00:00+02:00"},
{"id": "2", "url": "https://json.example/2", "title": "Episode", "summary": "A talk", "image": "http://json.example/2.jpg", "date_published": "2026-05-03T10:00:00Z",
 "attachments": [{"url": "https://json.example/2.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61}], "authors": [{"name": "Ada"}]},
{"id": "3", "content_text": "No address", "date_published": "2026-05-02T10:00:00Z"},
{"id": "2", "url": "https://json.example/other", "title": "Twice"}, 7, {"id": null}, {"url": "javascript:alert(1)", "title": "x"}]}"""
