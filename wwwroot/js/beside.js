// The page of a thread, where there are scripts: it is shown beside its room.
const { beside } = document.getElementById('live').dataset;
location.replace(beside + location.hash);
