exports.handler = async (event) => {
  for (const { eventName, dynamodb } of event.Records) {
    console.log(`${eventName} ${dynamodb.Keys.page.S} ${dynamodb.NewImage.clicks.N}`);
  }
};
